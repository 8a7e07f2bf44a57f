#!/usr/bin/env bash
# Exports a table to every kind of target, and has readers that are not ours compare each with what
# the Cassandra driver for Python reads: DuckDB for CSV and JSON, pyarrow for Parquet, pyiceberg for
# Iceberg, delta-rs for Delta, on the local disk and on S3.
#
#   submit-scripts/tests/readers.sh [PYTHON]
#
# PYTHON has what readers.txt names; python3 if it is left out. The project must be built. What Spark
# lacks is taken from Maven's repository on this machine, to which a build has brought it.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
python=${1:-python3}
# shellcheck source=testkit/cassandra.sh
source testkit/cassandra.sh

work=$(mktemp -d)
s3=
clean_up() {
  local code=$?
  trap '' INT TERM
  stop_child
  exec 8>&-
  [[ -z $s3 ]] || wait "$s3" || true
  stop_cassandra
  rm -rf "$work"
  [[ $code -eq 0 ]] || echo "readers: exit code $code" >&2
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# start_s3: starts an S3 server with the bucket "lake" and sets endpoint, access_key and secret_key.
start_s3() {
  mkfifo "$work/s3-in" "$work/s3-out"
  "${testkit[@]}" io.ringlake.testkit.S3Main "$work/s3" lake <"$work/s3-in" >"$work/s3-out" 9>&- &
  s3=$!
  exec 8>"$work/s3-in" # It ends when its standard input does.
  local key value
  while IFS='=' read -r key value; do
    case $key in
      endpoint) endpoint=$value ;;
      access-key) access_key=$value ;;
      secret-key) secret_key=$value && break ;;
    esac
  done <"$work/s3-out"
}

# version PROPERTY: what the build has of a library
version() {
  sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" pom.xml
}

packages=org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:$(version iceberg.version)
packages+=,io.delta:delta-spark_2.12:$(version delta.version)
packages+=,org.apache.hadoop:hadoop-aws:$(version hadoop.version)

# export_to NAME ARGUMENT...: exports the table, several at a time would take no less
export_to() {
  local name=$1
  shift
  echo "==> $name"
  run submit-scripts/ringlake --packages "$packages" \
    --conf spark.hadoop.fs.s3a.endpoint="$endpoint" --conf spark.hadoop.fs.s3a.path.style.access=true \
    --conf spark.sql.catalog.disk=org.apache.iceberg.spark.SparkCatalog \
    --conf spark.sql.catalog.disk.type=hadoop --conf spark.sql.catalog.disk.warehouse="$work/iceberg" \
    --conf spark.sql.catalog.s3=org.apache.iceberg.spark.SparkCatalog \
    --conf spark.sql.catalog.s3.type=hadoop --conf spark.sql.catalog.s3.warehouse=s3a://lake/iceberg \
    -- export --table readers.orders --writetime '*' --spans 8 --batch-spans 4 \
    --contact-points "$contact_points" --local-datacenter "$datacenter" "$@" >"$work/$name.log" 2>&1 ||
    { cat "$work/$name.log" >&2 && return 1; }
}

start_cassandra "$work"
start_s3
export AWS_ACCESS_KEY_ID=$access_key AWS_SECRET_ACCESS_KEY=$secret_key AWS_REGION=us-east-1
run "${testkit[@]}" io.ringlake.testkit.OrdersMain "$contact_points" "$datacenter" readers 5000

months=(--partition-by 'year(ordered_at),month(ordered_at)')
export_to csv --format csv --output "$work/csv" --writetime-format micros
export_to json --format json --output "$work/json" --writetime-format micros
export_to parquet --output "$work/parquet" "${months[@]}"
export_to parquet-on-s3 --output s3a://lake/parquet "${months[@]}"
export_to iceberg --format iceberg --output disk.readers.orders --checkpoint "$work/checkpoint" \
  --partition-by 'month(ordered_at)'
export_to iceberg-on-s3 --format iceberg --output s3.readers.orders --checkpoint s3a://lake/checkpoint
export_to delta --format delta --output "$work/delta" "${months[@]}"
export_to delta-on-s3 --format delta --output s3a://lake/delta

echo "==> What others read"
run "$python" submit-scripts/tests/readers.py "$work" "$endpoint" "${contact_points%%,*}" "$datacenter"
