// Chromium and Firefox: a page of a local server starts a module Worker, as the web client does, and the
// Worker posts back what came out.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import puppeteer from "puppeteer-core";

import { NotHere, paths, root } from "../job.mjs";

const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };
/** Nothing but the page: a fresh browser likes to look around. */
const QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];

export const chromium = (traces) =>
  inBrowser(traces, "CHROMIUM", { browser: "chrome", args: ["--no-sandbox", ...QUIET] });

/** By WebDriver BiDi, which Firefox speaks without a driver. */
export const firefox = (traces) => inBrowser(traces, "FIREFOX", { browser: "firefox" });

async function inBrowser(traces, variable, options) {
  const executablePath = process.env[variable];
  if (!executablePath) throw new NotHere(`${variable} does not name a browser`);
  const back = Promise.withResolvers?.() ?? deferred();
  const server = createServer((request, response) => serve(request, response, traces, back)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const browser = await puppeteer.launch({ executablePath, headless: true, ...options });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/page.html`);
    const { error, outputs, ms } = await back.promise;
    if (error) throw new Error(error);
    return { version: (await browser.version()).replace(/^.*\//, ""), outputs, ms };
  } finally {
    await browser.close();
    server.close();
  }
}

function serve(request, response, traces, back) {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  if (request.method === "POST") return receive(request, response, back);
  response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream");
  if (path === "/page.html") {
    const start = `new Worker("/tests/hosts/parity/hosts/browser-worker.mjs", { type: "module" })`;
    response.setHeader("content-type", "text/html");
    return response.end(`<!doctype html><title>golden traces</title><script>${start}</script>`);
  }
  if (path === "/job.json") return response.end(JSON.stringify({ traces, paths }));
  try {
    response.end(readFileSync(join(root, path)));
  } catch {
    response.writeHead(404).end();
  }
}

function receive(request, response, back) {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    response.end();
    back.resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  });
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
