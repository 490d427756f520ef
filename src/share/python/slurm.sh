#!/bin/bash
# The study as an array of jobs, one run each (ARMS times SEEDS of train_copra.py): sbatch --export=ALL,DATA=FOLDER slurm.sh
# When all have ended, one command writes OUT/result.json, which the page opens:
#   python train_copra.py --data FOLDER --out adapters --analyse
#SBATCH --job-name=copra
#SBATCH --array=0-@@LAST@@
#SBATCH --gres=gpu:1
#SBATCH --cpus-per-task=4
#SBATCH --time=04:00:00
set -euo pipefail
python train_copra.py --data "${DATA:?a folder with train/ and test/}" --out "${OUT:-adapters}" --run "$SLURM_ARRAY_TASK_ID"
