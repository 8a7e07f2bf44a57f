#!/usr/bin/env bash
# Shows Ringlake on this machine, with nothing but a JDK 17 and Maven: builds it, starts a
# Cassandra, fills a table of orders, exports it with the write time and TTL of every cell to
# Parquet partitioned by year and month, and shows what is there. Stops what it started.
#
#   submit-scripts/quickstart.sh [--rows N]      N orders instead of 200000
#
# The output stays in target/quickstart; the next run replaces it.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"
# shellcheck source=testkit/cassandra.sh
source testkit/cassandra.sh
unset SPARK_HOME SPARK_CONF_DIR MASTER RINGLAKE_JAR # Spark and Ringlake of this build, no others.

rows=200000
if [[ ${1:-} == --rows && ${2:-} =~ ^[1-9][0-9]*$ && $# -eq 2 ]]; then
  rows=$2
elif [[ $# -gt 0 ]]; then
  echo "Usage: quickstart.sh [--rows N]" >&2
  exit 2
fi

home=target/quickstart
orders=$home/orders
work=$(mktemp -d)
current=Starting

clean_up() {
  local code=$?
  trap '' INT TERM
  stop_child
  stop_cassandra
  rm -rf "$work"
  [[ $code -eq 0 ]] || echo "quickstart: ended in the step '$current', exit code $code" >&2
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step() {
  current=$1
  began=$SECONDS
  printf '\n==> %s\n' "$current"
}

took() {
  echo "    ($((SECONDS - began)) s)"
}

duckdb() {
  run "${testkit[@]}" io.ringlake.testkit.DuckDbMain "$1"
}

step "Building Ringlake (the first time, Maven downloads its libraries: some minutes)"
run mvn -B -ntp -q -Dquick -Dmaven.test.skip=true package
took

step "Starting Cassandra 5.0 on this machine"
start_cassandra "$work"
echo "    $contact_points in $datacenter, log in $logs"
took

step "Filling quickstart.orders with $rows orders of two years"
run "${testkit[@]}" io.ringlake.testkit.OrdersMain "$contact_points" "$datacenter" quickstart "$rows"
took

step "Exporting it with write times and TTLs, partitioned by year and month"
rm -rf "$home"
mkdir -p "$home"
export_orders=(submit-scripts/ringlake export
  --table quickstart.orders
  --output "$root/$orders"
  --writetime '*' --ttl '*'
  --partition-by 'year(ordered_at),month(ordered_at)'
  --contact-points "$contact_points" --local-datacenter "$datacenter")
printf '   '
printf ' %q' "${export_orders[@]}"
echo
run "${export_orders[@]}"
took

step "What is in $orders"
(cd "$orders" && find . -type f -not -path './_ringlake/checkpoint/*' -exec wc -c {} \;) |
  awk '{
         path = substr($2, 3)
         if (sub(/part-[^\/]*$/, "", path)) what = "data files"; else what = "file"
         files[path]++; bytes[path] += $1; kind[path] = what
       }
       END { for (path in files) printf "    %-28s %3d %s, %d KB\n", path, files[path], kind[path], bytes[path] / 1000 }' |
  sort

step "The run's report, $orders/_ringlake/report.json"
duckdb "SELECT outcome, exitCode, totals.rows, totals.files, totals.bytes, totals.spansDone,
          date_diff('second', startedAt::TIMESTAMPTZ, endedAt::TIMESTAMPTZ) AS seconds
        FROM read_json('$orders/_ringlake/report.json')"

step "Three orders, read by DuckDB"
files="read_parquet('$orders/*/*/*.parquet', hive_partitioning = true)"
duckdb "SELECT year, month, status, amount, coupon, status_writetime, amount_writetime, coupon_ttl
        FROM $files WHERE coupon IS NOT NULL ORDER BY ordered_at, order_id LIMIT 3"

step "All orders, counted by DuckDB"
duckdb "SELECT count(*) AS orders, count(DISTINCT order_id) AS distinct_orders,
          count(status_writetime) AS status_writetimes, count(coupon_ttl) AS coupon_ttls
        FROM $files" | tee "$work/counts"
read -r exported distinct _ < <(tail -n 1 "$work/counts")
if [[ $exported != "$rows" || $distinct != "$rows" ]]; then
  echo "quickstart: $rows orders were written to Cassandra, but $exported ($distinct distinct) are in $orders" >&2
  exit 1
fi

step "Stopping Cassandra"
stop_cassandra
took
printf '\nDone in %s s: all %s orders are in %s, once.\n' "$SECONDS" "$rows" "$orders"
