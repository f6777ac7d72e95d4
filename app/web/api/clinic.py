"""The fault clinic: a training with a slip in its update, dealt unseen, and the mark for naming it."""

from __future__ import annotations

import dataclasses
from typing import Any

from fastapi import APIRouter, Request, Response

from ...datasets import load
from ...nn.faults import CLINIC, FAULTS, course, dealt, examine
from ...nn.reading import choice, read_object, read_within
from ...nn.spec import Range
from ..door.bodies import read_json
from ..door.turns import Turns
from ..parts import Parts
from .answers import body_schema, count_costly, reply

__all__ = ["create"]

CASES = Range(1, 999_999)
CASE = {"type": "integer", "minimum": CASES.low, "maximum": CASES.high}


def create(app_parts: Parts) -> APIRouter:
    """The routes of the clinic. A case's fault follows from its number, here; it is told with the mark only."""
    router = APIRouter(prefix="/api/clinic")
    cases = Turns()

    @router.post("", openapi_extra=body_schema({"case": CASE, "fault": {"enum": list(FAULTS)}}))
    async def case(request: Request) -> Response:
        """The courses of the costs and the gradient check of a case; with the fault that it deals, or a chosen one."""
        visitor = await count_costly(request, app_parts)
        fields = read_object("body", await read_json(request, app_parts.settings), ("case", "fault"), ("case",))
        number = read_case(fields["case"])
        fault = choice(tuple(FAULTS))("fault", fields["fault"]) if "fault" in fields else dealt(number)
        return reply(await cases.in_thread(visitor, examined, number, fault))

    @router.post("/answer", openapi_extra=body_schema({"case": CASE, "answer": {"enum": list(FAULTS)}}))
    async def answer(request: Request) -> Response:
        """Whether that is the fault of the case; which it is, and the line that is wrong."""
        allowed = ("case", "answer")
        fields = read_object("body", await read_json(request, app_parts.settings), allowed, required=allowed)
        fault = dealt(read_case(fields["case"]))
        given = choice(tuple(FAULTS))("answer", fields["answer"])
        lines = {"right_line": FAULTS[fault].right, "wrong_line": FAULTS[fault].wrong}
        return reply({"right": given == fault, "fault": fault, **lines})

    return router


def read_case(value: object) -> int:
    """A case's number; raises SpecError."""
    return int(read_within("case", value, CASES))


def examined(case: int, fault: str) -> dict[str, Any]:
    """All that may be seen of a case: both courses from the same start, and the check."""
    spec = dataclasses.replace(CLINIC, seed=case)
    data = load(str(spec.dataset)).data
    found = dataclasses.asdict(examine(fault, spec, data))
    groups = zip(*(found.pop(name) for name in ("names", "verdicts", "smaller", "ratios")), strict=True)
    return {
        "case": case,
        "samples": data.samples,
        "sound": course("", spec, data),
        "faulty": course(fault, spec, data),
        "check": [
            {"name": name, "verdict": verdict, "smaller": smaller, "ratio": ratio}
            for name, verdict, smaller, ratio in groups
        ],
        "drift": found["drift"],
    }
