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

rows=2000000
if [[ ${1:-} == --rows && ${2:-} =~ ^[1-9][0-9]*$ && $# -eq 2 ]]; then
  rows=$2
elif [[ $# -gt 0 ]]; then
  echo "Usage: export.sh [--rows N]" >&2
  exit 2
fi
rounds=3

echo "==> Building"
mvn -B -ntp -q -Dquick -Dmaven.test.skip=true package </dev/null

work=$(mktemp -d)
trap 'stop_cassandra; rm -rf "$work"' EXIT

echo "==> Starting Cassandra"
start_cassandra "$work"

echo "==> Writing $rows orders"
"${testkit[@]}" io.ringlake.testkit.OrdersMain "$contact_points" "$datacenter" benchmark "$rows"

echo "==> Exporting, $rounds rounds"
LOG4J_CONFIGURATION_FILE="$root/conf/log4j2.properties" submit-scripts/spark-submit \
  --conf 'spark.master=local[*,4]' --driver-memory 2g \
  --class io.ringlake.benchmarks.ExportBenchmark \
  --jars "$(echo spark-jobs/target/ringlake-spark-3.5_*.jar)" \
  benchmarks/target/ringlake-benchmarks-*.jar \
  "$contact_points" "$datacenter" benchmark orders "$work" "$rounds" </dev/null
