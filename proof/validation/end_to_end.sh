#!/usr/bin/env bash
# The whole chain at full size: checkpoints made by PyTorch in both of its formats are converted, and every layer and
# head is compared with what PyTorch computes, by both executors, on one thread and two.
#
#     proof/validation/end_to_end.sh [VARIANT...]
#
# All four variants where none is named. Needs Python with torch and NumPy (PYTHON=... where that is not python3), 2 GB
# of disk for a while, and some minutes. The last line says so when all is well.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

hydranet() {
  "$root/bin/hydranet" "$@"
}

full_size() {
  "${PYTHON:-python3}" "$root/proof/validation/full_size.py" "$@"
}

# Makes a checkpoint and converts it. Arguments: variant, legacy or zip, option of full_size.py.
convert() {
  full_size checkpoint "$1" "$2.ckpt" ${3:+"$3"}
  hydranet convert "$2.ckpt" "$2.safetensors"
}

# Prints the table only where something is wrong. Arguments: legacy or zip, threads.
verify() {
  if ! hydranet verify --weights "$1.safetensors" --reference pytorch.safetensors --threads "$2" >table; then
    cat table
    return 1
  fi
}

# Compares all layers with PyTorch's. Arguments: variant, size, batch.
compare() {
  local threads
  echo "== $1, $2, batch $3"
  full_size reference "$1" pytorch.safetensors exact.safetensors --size "$2" --batch "$3"
  verify legacy 1
  verify zip 2
  for threads in 1 2; do
    hydranet run --weights legacy.safetensors --input pytorch.safetensors --output layers-$threads.safetensors \
      --layers all --threads $threads >/dev/null
    # Layers that nobody asks for may be fused away.
    hydranet run --weights legacy.safetensors --input pytorch.safetensors --output heads-$threads.safetensors \
      --threads $threads
  done
  cmp layers-1.safetensors layers-2.safetensors
  cmp heads-1.safetensors heads-2.safetensors
  hydranet run --weights zip.safetensors --input pytorch.safetensors --output reference.safetensors \
    --layers all --executor reference >/dev/null
  full_size check pytorch.safetensors exact.safetensors table \
    layers-1.safetensors heads-1.safetensors reference.safetensors
}

if (($# == 0)); then
  set -- kitti nyud nyud3 nyudkitti
fi
for variant; do
  convert "$variant" legacy --legacy
  convert "$variant" zip
  for size in 480x640 350x1200 97x131 33x33 1x1; do
    compare "$variant" $size 1
  done
  compare "$variant" 97x131 2
done
echo "All layers and heads are as PyTorch's: $*"
