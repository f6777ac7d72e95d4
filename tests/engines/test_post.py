"""The sending thread at one end of a pipe."""

from __future__ import annotations

import threading
from multiprocessing import Pipe

from app.engines.workers.post import BUNDLE, Post


def test_messages_arrive_in_their_order_in_bundles_of_bounded_size() -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        post: Post[int] = Post(ours)
        post.send(range(20))
        for number in range(20, 50):
            post.send([number])
        post.close()
        bundles = []
        while theirs.poll():
            bundles.append(theirs.recv())
    assert [number for bundle in bundles for number in bundle] == list(range(50))
    assert max(map(len, bundles)) <= BUNDLE


def test_whoever_sends_more_than_may_wait_waits_until_the_reader_reads() -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        post: Post[bytes] = Post(ours, most=1)
        large = bytes(1_000_000)
        sent = threading.Event()

        def send_three() -> None:
            for _ in range(3):
                post.send([large])
            sent.set()

        sender = threading.Thread(target=send_three)
        sender.start()
        assert not sent.wait(0.05), "a pipe that is full has taken three megabytes"
        received = sum(len(theirs.recv()) for _ in range(3))
        sender.join(10)
        post.close()
    assert received == 3


def test_what_can_no_longer_be_sent_holds_nobody_up() -> None:
    ours, theirs = Pipe()
    theirs.close()
    with ours:
        post: Post[int] = Post(ours, most=1)
        for number in range(5):
            post.send([number])
        post.close()
