"""Runs programs with an SDK that only writes down what it is asked. Reads and writes JSON."""

import json
import sys
import types

asked = []


class Calls:
    def __init__(self, api):
        self.api = api

    def create(self, **params):
        asked.append({"api": self.api, "params": params})
        block = types.SimpleNamespace(type="text", text="an answer")
        return types.SimpleNamespace(
            id="1", model="m", stop_reason="end_turn", stop_sequence=None, completion=" an answer", content=[block]
        )


class Anthropic:
    def __init__(self, **options):
        self.completions = Calls("complete")
        self.messages = Calls("messages")


sdk = types.ModuleType("anthropic")
sdk.Anthropic = Anthropic
sdk.HUMAN_PROMPT = "\n\nHuman:"
sdk.AI_PROMPT = "\n\nAssistant:"
sys.modules["anthropic"] = sdk


def ask(source, args):
    asked.clear()
    scope = {"__name__": "main"}
    exec(compile(source, "main.py", "exec"), scope)
    scope["main"](*args)
    (only,) = asked
    return only


json.dump([[ask(source, args) for source in sources] for sources, args in json.load(sys.stdin)], sys.stdout)
