#!/usr/bin/env bash
# Measures an export of N orders (default 2,000,000) by Ringlake beside the Spark Cassandra
# Connector's read and write of the same table, on this machine. See benchmarks/README.md.
#
#   benchmarks/export.sh [--rows N]
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"
# shellcheck source=testkit/cassandra.sh
source testkit/cassandra.sh
unset SPARK_CONF_DIR MASTER

rows=2000000
if [[ ${1:-} == --rows && ${2:-} =~ ^[1-9][0-9]*$ && $# -eq 2 ]]; then
  rows=$2
elif [[ $# -gt 0 ]]; then
  echo "Usage: export.sh [--rows N]" >&2
  exit 2
fi
rounds=3
work=$(mktemp -d)

clean_up() {
  trap '' INT TERM
  stop_child
  stop_cassandra
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

echo "==> Building"
run mvn -B -ntp -q -Dquick -Dmaven.test.skip=true package

echo "==> Starting Cassandra"
testkit=("${testkit[0]}" -Dringlake.testkit.optimizing=true "${testkit[@]:1}")
start_cassandra "$work"

echo "==> Writing $rows orders"
run "${testkit[@]}" io.ringlake.testkit.OrdersMain "$contact_points" "$datacenter" benchmark "$rows"

echo "==> Exporting, $rounds rounds"
export LOG4J_CONFIGURATION_FILE="$root/conf/log4j2.properties"
run submit-scripts/spark-submit \
  --conf 'spark.master=local[*,4]' --driver-memory 2g \
  --class io.ringlake.benchmarks.ExportBenchmark \
  --jars "$(echo spark-jobs/target/ringlake-spark-3.5_*.jar)" \
  benchmarks/target/ringlake-benchmarks-*.jar \
  "$contact_points" "$datacenter" benchmark orders "$work" "$rounds"
