"""Memory, disk space and files that are not its own."""
import os
import resource
import shutil
import tempfile
import time

from acts.lingering import linger

MEBIBYTE = 1024 * 1024

def hogs_memory(work):
    hoard = []
    for _ in range(150):
        hoard.append(b"x" * (10 * MEBIBYTE))
        time.sleep(0.01)
    linger()


def fills_its_folder(work):
    for number in range(40):
        with open(f"filling-{number}", "wb") as file:
            file.write(b"x" * (8 * MEBIBYTE))
        time.sleep(0.02)
    linger()


def writes_one_huge_file(work):
    with tempfile.TemporaryFile() as file:
        for _ in range(64):
            file.write(b"x" * (8 * MEBIBYTE))
            file.flush()


def dumps_core(work):
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0, "it may dump core"


def deletes_its_folder(work):
    shutil.rmtree(os.path.dirname(os.getcwd()))


def deletes_its_folder_and_stays(work):
    deletes_its_folder(work)
    linger()


def locks_its_folder(work):
    os.makedirs("a/b")
    for folder in ("a/b", "a", "."):
        os.chmod(folder, 0)


def nests_its_folder_deeply(work):
    """Deeper than a path can say."""
    for _ in range(1500):
        os.mkdir("nested")
        os.chdir("nested")


def puts_a_link_in_place_of_its_folder(work):
    folder = os.path.dirname(os.getcwd())
    shutil.rmtree(folder)
    os.symlink(os.environ["HOSTILE_VICTIM"], folder)


def links_to_somebody_else(work):
    victim = os.environ["HOSTILE_VICTIM"]
    os.symlink(victim, "folder")
    os.symlink(os.path.join(victim, "file"), "file")
    os.symlink("..", "up")


def writes_to_command_files(work):
    """What the runner reads when a step ends: named in the environment, else where somebody would look for them. Always writes."""
    folder = os.path.join(os.environ.get("RUNNER_TEMP", tempfile.gettempdir()), "_runner_file_commands")
    os.makedirs(folder, exist_ok=True)
    if work.text == "RUNNER_TEMP":
        paths = [os.path.join(folder, name) for name in os.listdir(folder) or ["GITHUB_OUTPUT"]]
    else:
        paths = [os.environ.get(work.text, os.path.join(folder, work.text))]
    for path in paths:
        with open(path, "a") as file:
            file.write("conclusion=success\n")
