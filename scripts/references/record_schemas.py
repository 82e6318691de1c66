"""Records which values the jsonschema package finds to fit which schemas.
usage: record_schemas.py   writes Tests/MetricsTests/References/schemas.json"""
import json
import pathlib
from importlib.metadata import version

from jsonschema import Draft202012Validator

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/MetricsTests/References/schemas.json"
VERDICT = {
    "type": "object",
    "properties": {
        "score": {"type": "integer", "minimum": 1, "maximum": 10},
        "reason": {"type": "string", "minLength": 3, "maxLength": 20},
    },
    "required": ["score", "reason"],
    "additionalProperties": False,
}
SCHEMAS = [
    True, False, {}, {"type": "null"}, {"type": "boolean"}, {"type": "integer"}, {"type": "number"},
    {"type": "string"}, {"type": ["string", "null"]}, {"type": "array"}, {"type": "object"},
    {"enum": ["a", 1, None, {"x": 1}]}, {"const": [1, 2]}, {"const": 2.0}, {"minimum": 2},
    {"maximum": 2}, {"exclusiveMinimum": 2}, {"exclusiveMaximum": 2}, {"multipleOf": 2},
    {"multipleOf": 0.5}, {"minLength": 2}, {"maxLength": 1}, {"pattern": "^[a-c]+$"},
    {"pattern": "é|b"}, {"items": {"type": "integer"}}, {"items": {"minimum": 2}, "minItems": 2},
    {"maxItems": 1}, {"items": False}, {"required": ["x"]}, {"properties": {"x": {"type": "string"}}},
    {"properties": {"x": True}, "additionalProperties": False},
    {"additionalProperties": {"type": "integer"}}, {"anyOf": [{"type": "string"}, {"minimum": 2}]},
    {"oneOf": [{"type": "integer"}, {"minimum": 2}]}, {"allOf": [{"minimum": 1}, {"maximum": 2}]},
    {"not": {"type": "string"}}, {"not": {"required": ["x"]}}, VERDICT,
    {"type": "array", "items": VERDICT, "minItems": 1},
    {"title": "described", "description": "only", "format": "email", "type": "string"},
]
VALUES = [
    None, True, False, 0, 1, 2, 3, -1, 1.5, 2.0, 1e3, 0.1, "", "a", "b", "abc", "abd", "é", "👍", "e\u0301",
    [], [1], [1, 2], [2, 1], [1, "a"], [2.0, 3], [[1]], {}, {"x": 1}, {"x": "a"}, {"x": None},
    {"x": 1, "y": 2}, {"y": "b"}, {"x": {"x": 1}}, {"score": 7, "reason": "short and right"},
    {"score": 7.0, "reason": "fine"}, {"score": 11, "reason": "too high"}, {"score": 7},
    {"score": "7", "reason": "text"}, {"score": 7, "reason": "no"}, {"reason": "fine", "score": 1},
    {"score": 7, "reason": "fine", "more": 1}, [{"score": 7, "reason": "fine"}],
    [{"score": 7, "reason": "fine"}, {"score": 0, "reason": "low"}],
]


def main():
    rows = [
        {"schema": schema, "fits": [int(Draft202012Validator(schema).is_valid(v)) for v in VALUES]}
        for schema in SCHEMAS
    ]
    head = {"jsonschema": version("jsonschema"), "values": VALUES}
    lines = ",\n".join(json.dumps(row) for row in rows)
    OUT.write_text(json.dumps(head)[:-1] + f', "schemas": [\n{lines}\n]}}\n')
    print(f"{len(SCHEMAS)} schemas, {len(VALUES)} values")


main()
