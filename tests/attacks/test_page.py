"""The playground serves this machine's own page, and no other page that a browser has open."""

import httpx
import pytest

from bot.play import TOKEN
from tests.stories.story import Story


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "attacker.example"}, id="a name that was pointed here"),
        pytest.param({"Origin": "https://attacker.example"}, id="another page"),
        pytest.param({"Origin": "null"}, id="a page without a name"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="a picture's address"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="another port"),
    ],
)
async def test_no_other_page_can_call_the_bot_or_read_a_chat(story: Story, headers: dict[str, str]) -> None:
    desk, url = story.scene.desk, story.scene.url
    async with httpx.AsyncClient(headers=headers) as page:
        sent = await page.get(f"{url}/bot{TOKEN}/sendMessage", params={"chat_id": desk, "text": "Call this number"})
        read = await page.get(f"{url}/state")

    assert (sent.status_code, read.status_code) == (403, 403)
    assert "Call this number" not in story.desk_heard()
