# Runs every command that README.md and docs/ show (docs_commands.py says which), in their order, each once.
# A trailing "# exits N" says what to expect; without it the command must succeed. At pace real the
# verdict depends on how busy this machine is, so there a run that could not be judged (5) or missed
# (3) is accepted as well.
source "$(dirname "$0")/../shell/expect.sh"

commands=$(python3 -B "$source_dir/tests/cli/docs_commands.py" "$source_dir")
expect_different "$commands" ""
mkdir bin
ln -s "$program" bin/double11
export PATH="$work/bin:$PATH" DOUBLE11_SCENARIOS="$source_dir/scenarios"

while IFS= read -r line; do
  wanted=0
  case "$line" in *'# exits '*) wanted=${line##*# exits } ;; esac
  bash -c "${line%%#*}" >out 2>err
  code=$?
  out=$(cat out)
  err=$(cat err)
  case "$line:$code" in *'--pace real'*:[35]) code=0 ;; esac
  echo "exit $code: $line"
  expect_code "$wanted"
done <<<"$commands"
finish
