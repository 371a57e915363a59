# Installs into a fresh folder, then builds and runs another project against it.
# $3 = the build folder.
build=$(readlink -f "$3")
source "$(dirname "$0")/../shell/expect.sh"

cmake --install "$build" --prefix "$work/usr" >install.log 2>&1
code=$? out=$(tail -n 5 install.log) err=""
expect_code 0
cmake -G Ninja -S "$source_dir/tests/install/consumer" -B consumer -DCMAKE_PREFIX_PATH="$work/usr" \
  -DCMAKE_BUILD_TYPE=Release >configure.log 2>&1 && cmake --build consumer >build.log 2>&1
code=$? out=$(tail -n 20 configure.log build.log) err=""
expect_code 0
consumer/consumer "$source_dir/scenarios/smoke.json" >out 2>err
code=$? out=$(cat out) err=$(cat err)
expect_code 0
expect_in "$out" "PASS  smoke"

# Traffic of one's own, as docs/extend.md shows it; the library is optimised anew for the first one only.
cmake -G Ninja -S "$source_dir/tests/install/extension" -B extension -DCMAKE_PREFIX_PATH="$work/usr" \
  -DCMAKE_BUILD_TYPE=Release -DCMAKE_EXE_LINKER_FLAGS=-fno-lto >configure.log 2>&1 && cmake --build extension >build.log 2>&1
code=$? out=$(tail -n 20 configure.log build.log) err=""
expect_code 0
extension/extension "$source_dir/scenarios/smoke.json" >out 2>err
code=$? out=$(cat out) err=$(cat err)
expect_code 3
expect_in "$out" "push messages arrivals"
expect_in "$out" "Audit: 0 of 11 laws broken"
shown=$(awk '/^```cpp$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$source_dir/docs/extend.md")
expect_equal "$shown" "$(cat "$source_dir/tests/install/extension/main.cpp")"

# The installed program finds the installed scenarios.
env -u DOUBLE11_SCENARIOS "$work/usr/bin/double11" scenario list >out 2>err
code=$? out=$(cat out) err=$(cat err)
expect_code 0
expect_in "$out" "double11-2017-minute"
finish
