"""Runs the examples of docs/functions.md in PySpark, with the jar that the page names.

To be started in the root of the project, after the build, by a Python that has pyspark. Each block
marked sql or python is run, and what it shows must be the block marked text behind it, if one is.
"""

import contextlib
import io
import pathlib
import re
import sys

PAGE = pathlib.Path("docs/functions.md")
BLOCK = re.compile(r"^```(sql|python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown_by(kind, code, names):
    """What a block prints. Blocks of Python share their names; one of them makes `spark`."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        if kind == "python":
            exec(compile(code, str(PAGE), "exec"), names)
        else:
            result = names["spark"].sql(code)
            if result.columns:
                result.show(truncate=False)
    return output.getvalue().strip()


def main():
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    names = {}
    run = 0
    compared = 0
    for (kind, code), following in zip(blocks, blocks[1:] + [("", "")]):
        if kind == "text":
            continue
        shown = shown_by(kind, code, names)
        expected = following[1].strip() if following[0] == "text" else ""
        if shown != expected:
            sys.exit(f"{PAGE} shows\n{expected}\nafter\n{code}\nbut this was shown:\n{shown}")
        run += 1
        compared += expected != ""
    if compared < 5:
        sys.exit(f"{PAGE} has but {compared} examples with results")
    print(f"{run} examples of {PAGE} were run in PySpark, {compared} with results.")
    names["spark"].stop()


if __name__ == "__main__":
    main()
