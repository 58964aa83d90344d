// Opens a report in a headless Chromium, as somebody does who reads it, and
// fails on the first thing that is not as it should be.
//
// usage: node browse.cjs MODULES INDEX.HTML bindings|bridges
"use strict";
const assert = require("node:assert/strict");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const [modules, page, content] = process.argv.slice(2);
const { chromium } = require(path.join(modules, "playwright-core"));
const axe = require(path.join(modules, "axe-core"));
const address = pathToFileURL(page).href;

const problems = [];
let tab;

/** Waits until the page shows what the address says. */
async function shown(fragment) {
  await tab.waitForFunction((hash) => document.body.dataset.shown === hash, fragment);
}

async function open(fragment) {
  await tab.goto("about:blank");
  await tab.goto(address + "#" + fragment);
  await tab.waitForFunction(() => document.body.dataset.shown === location.hash.slice(1));
}

const text = (selector) => tab.locator(selector).innerText();
const rows = () => tab.locator("main table.wide > tbody > tr").count();

async function accessible(what) {
  await tab.evaluate(axe.source);
  const { violations } = await tab.evaluate(() => axe.run({ preload: false }));
  assert.deepEqual(violations.map((v) => [v.id, v.nodes.map((n) => n.html)]), [], what);
}

/** A report about the project in Inputs/project. */
async function bindings() {
  // It opens with the overview, whose numbers lead to lists.
  await open("");
  assert.match(await text(".cards"), /6\s*bindings/);
  assert.match(await text(".cards"), /structs that cross/);
  await tab.getByRole("link", { name: "errors" }).click();
  await shown("/findings?severity=error");
  assert.equal(await rows(), 4);
  assert.equal(await tab.locator(".finding.warning").count(), 0);

  // Filters of the list of bindings.
  await open("/bindings");
  assert.equal(await rows(), 6);
  await tab.getByLabel("Search").fill("visit");
  await tab.waitForFunction(() => document.querySelectorAll("main table.wide > tbody > tr").length === 2);
  await tab.getByLabel("Search").fill("");
  await tab.getByLabel("State").selectOption("d");
  await tab.getByLabel("Target").selectOption({ label: "linux-x64" });
  await tab.waitForFunction(() => location.hash === "#/bindings?state=d&target=1" && document.querySelectorAll("main table.wide > tbody > tr").length === 3);
  await tab.getByLabel("Target").selectOption({ label: "windows-x64" });
  await tab.waitForFunction(() => document.querySelectorAll("main table.wide > tbody > tr").length === 1);
  await open("/bindings?state=u");
  assert.equal(await rows(), 1);
  assert.match(await text("main table"), /Nowhere/);

  // Keys.
  await open("/bindings");
  await tab.keyboard.press("/");
  assert.equal(await tab.evaluate(() => document.activeElement.name), "q");

  // A link leads to both signatures and both lines; so does the address.
  await tab.getByRole("link", { name: "Game.Native::Visit(Game.Node&)" }).click();
  const visit = encodeURIComponent("Game.Native::Visit(Game.Node&)");
  await shown(visit);
  assert.equal(await tab.evaluate(() => document.activeElement.id), "title");
  for (const expected of ["ref Node", "game::Node *", "game.cpp:", "ILBRIDGE_EXPORT void Visit(game::Node *node) {}", "Game.cs:"])
    assert.ok((await text("main")).includes(expected), expected);
  await accessible("a binding");
  await open("Game.Native::Visit(Game.Node&)");
  assert.match(await text("h2"), /Visit/);
  await open("Game.Native::Move");
  assert.match(await text("h2"), /^Game.Native::Move\(Game.Vec3\)$/);
  await open("Game.Native::Absent");
  assert.match(await text("h2"), /Not found/);

  // The struct behind it, byte by byte.
  await open(visit);
  await tab.getByRole("link", { name: "Game.Node", exact: true }).click();
  await tab.waitForSelector("text=Passed by");
  assert.match(await text("main"), /✗ differs: 'Game.Node': at offset 0/);
  const marked = tab.locator("tr.differs");
  assert.equal(await marked.count(), 1);
  assert.match(await marked.innerText(), /✗ differs\s+0–3\s+int Id\s+0–7\s+long id/);
  await accessible("a struct");

  // One root cause has the findings of two functions.
  await open("/causes");
  await tab.getByRole("link", { name: /'Game.Node' of C#/ }).click();
  await tab.waitForSelector("text=Findings of one root cause");
  assert.equal(await rows(), 2);

  // Names that are markup or a script stay text.
  await open("/bindings?q=script");
  assert.equal(await rows(), 1);
  assert.match(await text("main table"), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await tab.locator("main img, main script").count(), 0);
  await tab.locator("main table a").first().click();
  await tab.waitForSelector("text=Signatures");
  assert.equal(await tab.locator("main img, main script").count(), 0);
  await accessible("a hostile name");

  // Every view, in the light and in the dark.
  for (const colorScheme of ["light", "dark"]) {
    await tab.emulateMedia({ colorScheme });
    for (const view of ["/overview", "/bindings", "/findings", "/causes", "/structs"]) {
      await open(view);
      await accessible(view + ", " + colorScheme);
    }
  }
}

/** One about the tables of HybridCLR. */
async function bridges() {
  await open("");
  await tab.getByRole("link", { name: "rows of bridges" }).click();
  await shown("/bridges");
  const all = await rows();
  assert.match(await text("main"), /Growth by following generic methods/);
  assert.match(await text("main"), /Functions that the .* need, if they share them/);
  await accessible("bridges");
  await open("/bridges?table=m2n&q=shapes%3A%3Amove");
  assert.equal(await tab.locator("main table.wide > tbody > tr", { hasText: "Game.Shapes::Move" }).count(), 1);
  assert.ok(await rows() < all);
  await open("/bridges");
  await tab.getByRole("link", { name: /Structs of the bridges/ }).click();
  await shown("/bridge-structs");
  await tab.getByLabel("Search").fill("vec3");
  await tab.waitForFunction(() => document.querySelectorAll("main table.wide > tbody > tr").length === 1);
  await accessible("structs of bridges");
}

async function main() {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const context = await browser.newContext({ offline: true });
  tab = await context.newPage();
  tab.setDefaultTimeout(20000);
  tab.on("console", (message) => problems.push(message.type() + ": " + message.text()));
  tab.on("pageerror", (error) => problems.push(String(error)));
  tab.on("dialog", (dialog) => { problems.push("dialog: " + dialog.message()); dialog.dismiss(); });
  tab.on("request", (request) => { if (!/^(file|data|about):/.test(request.url())) problems.push("asks for " + request.url()); });

  await { bindings, bridges }[content]();

  // A copy without its data says so.
  assert.deepEqual(problems, []);
  await tab.route(`**/${content}-0.js`, (route) => route.abort());
  await tab.goto("about:blank");
  await tab.goto(address + "#/" + content);
  await tab.waitForSelector(`text=${content}-0.js cannot be read`);

  await browser.close();
}

main().catch((error) => {
  console.error(error, problems);
  process.exit(1);
});
