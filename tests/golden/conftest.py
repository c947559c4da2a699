"""How the golden tests call the program. Bless what it prints now with TOUCHSTONE_BLESS=1."""

import json
import os
import pathlib
import subprocess

import jsonschema
import pytest

HERE = pathlib.Path(__file__).parent
PROGRAM = os.environ["TOUCHSTONE"]
INPUTS = HERE / "inputs"


class Result:
    def __init__(self, done):
        self.exit = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    @property
    def text(self):
        return self.out.decode()

    @property
    def message(self):
        return self.err.decode()


@pytest.fixture
def touchstone():
    """touchstone("run", "add.wat", ..., stdin=b"...") in the folder of the inputs."""

    def call(*args, stdin=b"", cwd=INPUTS, **more):
        return Result(subprocess.run([PROGRAM, *map(str, args)], input=stdin, cwd=cwd, capture_output=True,
                                     timeout=120, **more))

    return call


@pytest.fixture
def golden():
    """golden("name", text): is it what expected/name.txt says?"""

    def check(name, text):
        path = HERE / "expected" / f"{name}.txt"
        if os.environ.get("TOUCHSTONE_BLESS"):
            path.write_text(text)
        assert path.is_file(), f"no {path}; bless it with TOUCHSTONE_BLESS=1"
        assert text == path.read_text()

    return check


@pytest.fixture
def check_json():
    """check_json(bytes, "spec"): parses, holds it against schemas/spec.json, returns it."""

    def check(data, schema):
        result = json.loads(data)
        assert next(iter(result)) == "schema"
        jsonschema.validate(result, json.loads((HERE / "schemas" / f"{schema}.json").read_text()))
        return result

    return check
