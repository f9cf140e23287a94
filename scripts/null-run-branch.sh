#!/usr/bin/env bash
# Keeps the record of null runs on the branch null-runs, beside no code of the repository.
#
#   scripts/null-run-branch.sh restore REMOTE RECORD     writes the record that is there to the file RECORD
#   scripts/null-run-branch.sh publish REMOTE FOLDER     makes the branch hold what is in FOLDER
set -euo pipefail

branch=null-runs
command=$1 remote=$2 place=$3

repository=$(mktemp -d)
trap 'rm -rf "$repository"' EXIT
git init --quiet --initial-branch "$branch" "$repository"

# A remote that does not answer is no remote without the branch: only git's own word for that, 2, begins a new record.
status=0
git ls-remote --exit-code "$remote" "refs/heads/$branch" > "$repository/.git/found" || status=$?
if [ "$status" -eq 0 ]; then
  git -C "$repository" pull --quiet --depth 1 "$remote" "$branch"
elif [ "$status" -ne 2 ]; then
  echo "$remote does not say whether it has the branch $branch; nothing was done." >&2
  exit 1
fi

lines() { if [ -f "$1" ]; then wc -l < "$1"; else echo 0; fi; }

case $command in
  restore)
    mkdir -p "$(dirname "$place")"
    if [ -f "$repository/null-runs.jsonl" ]; then cp "$repository/null-runs.jsonl" "$place"; fi
    ;;
  publish)
    if [ "$(lines "$place/null-runs.jsonl")" -lt "$(lines "$repository/null-runs.jsonl")" ]; then
      echo "The record in $place is shorter than that on the branch $branch; nothing was published." >&2
      exit 1
    fi
    cp -R "$place/." "$repository"
    git -C "$repository" add --all
    if git -C "$repository" diff --cached --quiet; then
      echo "The branch $branch is up to date."
      exit 0
    fi
    git -C "$repository" -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
      commit --quiet --message "$(lines "$place/null-runs.jsonl") null runs"
    # Never by force: a run that was overtaken fails here.
    git -C "$repository" push --quiet "$remote" "HEAD:refs/heads/$branch"
    ;;
  *)
    echo "unknown command $command: restore or publish" >&2
    exit 1
    ;;
esac
