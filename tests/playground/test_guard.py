"""Only this machine, and only the page itself, may play."""

import pytest

from tests.playground.world import TOKEN, Scene


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", ""])
async def test_other_hosts_are_refused(scene: Scene, host: str) -> None:
    answer = await scene.http.get("/state", headers={"Host": host})

    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "[::1]:8080", "127.0.0.1"])
async def test_loopback_hosts_are_served(scene: Scene, host: str) -> None:
    answer = await scene.http.get("/state", headers={"Host": host})

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/people/new_person", "/clock/pause", f"/bot{TOKEN}/sendMessage"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_deeds_from_another_origin_are_refused(scene: Scene, path: str, origin: str) -> None:
    answer = await scene.http.post(path, json={"first_name": "Eve"}, headers={"Origin": origin})

    assert answer.status_code == 403
    assert not scene.controls.paused


async def test_deeds_from_the_page_are_done(scene: Scene) -> None:
    origin = str(scene.http.base_url).rstrip("/")

    answer = await scene.http.post("/people/new_person", json={"first_name": "Anna"}, headers={"Origin": origin})

    assert answer.json()["ok"] is True


async def test_everything_carries_a_strict_policy(scene: Scene) -> None:
    answer = await scene.http.get("/state")

    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_an_uploaded_page_cannot_act(scene: Scene) -> None:
    anna = scene.anna()
    sent = scene.people.send_file("document", anna.id, anna.id, b"<script>", name="x.html", mime_type="text/html")

    file = await scene.http.get(f"/files/{sent.content['document']['file_id']}")

    assert file.headers["content-security-policy"] == "sandbox"
