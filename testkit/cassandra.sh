# shellcheck shell=bash
# Sourced by scripts that need a Cassandra on this machine, from the root of the project, which must
# be built. It ends with the script, or by stop_cassandra.

java=java
[[ -z ${JAVA_HOME:-} ]] || java=$JAVA_HOME/bin/java
testkit=("$java" -cp "testkit/target/classes:testkit/target/lib/*")
child=     # the process of run, empty while there is none
cassandra= # its process, empty while there is none

# start_cassandra FOLDER: starts a node and sets contact_points, datacenter and logs. FOLDER is
# there and takes two pipes.
start_cassandra() {
  mkfifo "$1/in" "$1/out"
  "${testkit[@]}" io.ringlake.testkit.TestkitMain start <"$1/in" >"$1/out" &
  cassandra=$!
  exec 9>"$1/in" # It ends when its standard input does.
  contact_points=
  datacenter=
  logs=
  local key value
  while IFS='=' read -r key value; do
    case $key in
      contact-points) contact_points=$value ;;
      local-datacenter) datacenter=$value ;;
      logs) logs=$value && break ;;
    esac
  done <"$1/out"
  [[ -n $contact_points ]]
}

# run COMMAND...: runs it as a child that stop_child can end, and waits for it.
run() {
  "$@" </dev/null 9>&- &
  child=$!
  wait "$child"
  child=
}

stop_child() {
  [[ -n $child ]] || return 0
  kill "$child" 2>/dev/null || true
  wait "$child" || true
}

stop_cassandra() {
  exec 9>&-
  [[ -z $cassandra ]] || wait "$cassandra" || true
  cassandra=
}
