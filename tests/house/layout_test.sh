# The house: top level, floors, third-party headers, file sizes, generated documents.
source "$(dirname "$0")/../shell/expect.sh"
cd "$source_dir" || exit 1

# Top level as agreed.
expect_equal "$(ls -A | grep -vxE '\..*|build|CMakeLists.txt|CMakePresets.json|README.md|LICENSE|src|include|scenarios|tests|tools|docs')" ""

# Public headers include only the standard library and the project.
expect_equal "$(grep -rnE '^#include' include | grep -vE '#include <(double11/[a-z0-9_/]+\.hpp|[a-z_]+)>')" ""

# No include against the floors: an area may include itself and lower floors.
floor_of() {
  case "$1" in
    core) echo 1 ;; scenario | measure) echo 2 ;; traffic | stages) echo 3 ;;
    live | virtual_time | page) echo 4 ;; report | study | screen) echo 5 ;; cli) echo 6 ;; *) echo 0 ;;
  esac
}
against=""
while IFS=: read -r file _ line; do
  from=$(printf '%s' "$file" | sed -E 's#^(include/double11|src)/([a-z_]+)/.*#\2#')
  to=$(printf '%s' "$line" | sed -E 's#^\#include [<"](double11/)?([a-z_]+)/.*#\2#')
  [ "$from" = "$to" ] && continue
  # measure holds what scenario describes; the other areas of a floor do not see each other.
  [ "$from/$to" = measure/scenario ] && continue
  checks=$((checks + 1))
  if [ "$(floor_of "$from")" -eq 0 ] || [ "$(floor_of "$to")" -eq 0 ] ||
     [ "$(floor_of "$from")" -le "$(floor_of "$to")" ]; then
    against="$against $file->$to"
  fi
done < <(grep -rnE '^#include ([<]double11/[a-z_]+/|"[a-z_]+/)' include src --include='*.[hc]pp')
expect_equal "$against" ""

# Sane sizes: headers up to 300 lines, sources and tests up to 400.
expect_equal "$(find include -name '*.hpp' | xargs wc -l | awk '$2 != "total" && $1 > 300')" ""
expect_equal "$(find src tests tools -type f | xargs wc -l | awk '$2 != "total" && $1 > 400')" ""

# README under two screens.
expect_equal "$(awk 'END { print (NR <= 100) }' README.md)" 1

# Sources mirror headers, tests mirror sources.
for test in tests/*/*_test.cpp; do
  checks=$((checks + 1))
  grep -qE 'REQUIRE|CHECK' "$test" || fail "$test asserts nothing"
done

# Documents written by the program are up to date.
expect_equal "$("$program" scenario schema)" "$(cat docs/scenario.schema.json)"
expect_equal "$("$program" scenario explain --markdown)" "$(cat docs/scenario.md)"

# No macros of our own in headers, no unfinished work.
expect_equal "$(grep -rnE '^ *# *define' include src)" ""
expect_equal "$(grep -rnIE 'TO''DO|FIX''ME|X''XX' include src tests tools scenarios docs)" ""
finish
