# Source this file, and run a pipe of lp without systemd:
#
#   . keep-running.sh
#   keep_lp_running /var/log/auth.log '/var/log/nginx/*.log'
#
# When one stage ends, the others do, and the whole pipe is started again: after a second, and up to a minute when it keeps
# failing. It goes on where findings were last kept, so that nothing is lost and nothing counted twice. Ctrl-C or SIGTERM ends it.
keep_lp_running() (
  # A process group for the pipe, so that a signal reaches all its stages.
  set -m
  pause=1
  trap 'kill -TERM -- "-$pipe" 2>/dev/null; wait "$pipe"; exit 143' TERM INT
  while :; do
    started=$(date +%s)
    { lp-tail "$@" | lp-parse | lp-filter | lp-analyze | lp-store; } &
    pipe=$!
    wait "$pipe"
    [ $(($(date +%s) - started)) -lt 60 ] || pause=1
    echo "lp: the pipe has ended; it starts again in $pause s" >&2
    sleep "$pause"
    pause=$((pause < 32 ? pause * 2 : 60))
  done
)
