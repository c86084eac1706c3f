"""The official client of the protocol drives `leaven mcp`."""

import asyncio
import json

import pytest
from conftest import FERMENTER, PROGRAM, ROOT

mcp = pytest.importorskip("mcp")
from mcp.client.stdio import StdioServerParameters, stdio_client  # noqa: E402
from mcp.types import PaginatedRequestParams  # noqa: E402


def talk(work, *options):
    async def run():
        server = StdioServerParameters(command=str(PROGRAM), args=["mcp", *options], cwd=str(ROOT))
        async with stdio_client(server) as (read, write), mcp.ClientSession(read, write) as session:
            await session.initialize()
            return await work(session)

    return asyncio.run(run())


def plain(message):
    return message.model_dump(by_alias=True, exclude_none=True, mode="json")


def test_lists_and_calls():
    async def work(session):
        tools = plain(await session.list_tools())["tools"]
        result = plain(await session.call_tool("metabolism_fba", {"model": FERMENTER}))
        return [tool["name"] for tool in tools], result

    names, result = talk(work)
    assert "metabolism_fba" in names and "design" in names
    assert result["structuredContent"]["objective"] == pytest.approx(0.38)


def test_progress_cancel_and_go_on(needs):
    path = needs("textbook")

    async def work(session):
        seen = []
        begun = asyncio.Event()

        async def progress(done, total, message):
            seen.append(done)
            begun.set()

        call = asyncio.create_task(session.call_tool(
            "metabolism_design",
            {"model": "textbook", "target": "EX_lac__D_e", "interventions": "reactions", "max_interventions": 5},
            progress_callback=progress))
        await begun.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        after = plain(await session.call_tool("metabolism_info", {"model": path}))
        return seen, after

    seen, after = talk(work)
    assert seen == sorted(seen) and len(set(seen)) == len(seen)
    assert after["isError"] is False


def test_long_results_are_resources(needs):
    needs("textbook")

    async def work(session):
        result = plain(await session.call_tool("metabolism_deletions", {"model": "textbook", "of": "reactions"}))
        big = plain(await session.call_tool("metabolism_fba", {"model": "iJO1366"}))
        uri = big.get("_meta", {}).get("leaven/whole")
        whole = plain(await session.read_resource(uri)) if uri else None
        page = plain(await session.list_resources())
        listed = [one["uri"] for one in page["resources"]]
        while page.get("nextCursor"):
            page = plain(await session.list_resources(params=PaginatedRequestParams(cursor=page["nextCursor"])))
            listed += [one["uri"] for one in page["resources"]]
        guide = plain(await session.read_resource("leaven://guide/zh"))
        return result, big, whole, listed, guide

    result, big, whole, listed, guide = talk(work)
    assert result["isError"] is False
    assert "酵" in guide["contents"][0]["text"] or "产物" in guide["contents"][0]["text"]
    if not big["isError"]:
        assert len(json.dumps(big["structuredContent"])) < 25_000
        assert len(json.loads(whole["contents"][0]["text"])["fluxes"]) == 2583
        assert big["_meta"]["leaven/whole"] in listed


def test_files_outside_the_root_are_refused(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "link.json").symlink_to(ROOT / FERMENTER)

    async def work(session):
        paths = [str(ROOT / FERMENTER), "../" * 20 + str(ROOT / FERMENTER)[1:], "link.json"]
        calls = [plain(await session.call_tool("metabolism_info", {"model": path})) for path in paths]
        written = plain(await session.call_tool("design", {"project": "p.toml", "out": "/tmp/leaven-not-here"}))
        return [*calls, written]

    for result in talk(work, "--root", str(tmp_path)):
        assert result["isError"] and json.loads(result["content"][0]["text"])["error"]["code"] == "refused"


def test_prompts_in_both_languages():
    async def work(session):
        names = [one["name"] for one in plain(await session.list_prompts())["prompts"]]
        texts = [plain(await session.get_prompt("growth_coupled_design",
                                                {"model": "iJO1366", "target": "EX_succ_e", "lang": lang}))
                 for lang in ("en", "zh")]
        return names, texts

    names, (english, chinese) = talk(work)
    assert "first_look" in names
    assert "EX_succ_e" in english["messages"][0]["content"]["text"]
    assert "菌株" in chinese["messages"][0]["content"]["text"]
