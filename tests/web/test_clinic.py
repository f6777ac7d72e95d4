"""The fault clinic, as the API gives it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from app.nn.faults import FAULTS, dealt


def test_a_case_shows_its_courses_and_check_but_not_its_fault(client: httpx.Client) -> None:
    answer = client.post("/api/clinic", json={"case": 7})
    found = answer.json()
    assert len(found["sound"]) == len(found["faulty"]) == 301
    assert found["sound"][0] == found["faulty"][0]
    assert [group["name"] for group in found["check"]] == ["w2", "b2", "w3", "b3"]
    assert not any(fault in answer.text for fault in FAULTS if "-" in fault)


def test_a_case_is_the_same_for_everybody(client: httpx.Client) -> None:
    assert client.post("/api/clinic", json={"case": 12}).json() == client.post("/api/clinic", json={"case": 12}).json()


def test_a_chosen_fault_is_shown_on_the_same_patient(client: httpx.Client) -> None:
    found = client.post("/api/clinic", json={"case": 7, "fault": "opposite"}).json()
    assert {group["verdict"] for group in found["check"]} == {"opposite"}
    assert found["sound"] == client.post("/api/clinic", json={"case": 7}).json()["sound"]


def test_an_answer_is_marked_with_the_line_that_is_wrong(client: httpx.Client) -> None:
    right = client.post("/api/clinic/answer", json={"case": 7, "answer": dealt(7)}).json()
    assert (right["right"], right["fault"], right["wrong_line"]) == (True, dealt(7), FAULTS[dealt(7)].wrong)
    other = next(name for name in FAULTS if name != dealt(7))
    assert client.post("/api/clinic/answer", json={"case": 7, "answer": other}).json()["right"] is False


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/clinic", {}),
        ("/api/clinic", {"case": 0}),
        ("/api/clinic", {"case": 1_000_000}),
        ("/api/clinic", {"case": 1.5}),
        ("/api/clinic", {"case": "7"}),
        ("/api/clinic", {"case": True}),
        ("/api/clinic", {"case": 7, "fault": "none"}),
        ("/api/clinic", {"case": 7, "answer": "eta"}),
        ("/api/clinic", []),
        ("/api/clinic/answer", {"case": 7}),
        ("/api/clinic/answer", {"case": 7, "answer": None}),
        ("/api/clinic/answer", {"case": 7, "answer": ["eta"]}),
    ],
)
def test_a_wrong_question_is_refused_in_words(client: httpx.Client, path: str, body: Any) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"]
