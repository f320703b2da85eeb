import { unsafeText } from "../ollama/texts";
import { expect, test } from "./fixtures";
import { answer, ask, chunks, ended, open } from "./page";

/** Each would be seen if it came alive: a dialog, a request, a changed page. */
const EVIL = `<img src=x onerror=alert(1)><script>alert(2)</script> <b hx-get="/healthz" hx-trigger="load">b</b>
<hx-partial hx-target="body">gone</hx-partial> <form action="https://spy.example/"><button>Send</button></form>
<style>body{display:none}</style> <iframe src="https://spy.example/"></iframe> &lt;u&gt;`;

const EVIL_ANSWER = `${unsafeText}

${EVIL}

![p](https://spy.example/p.png) [d](data:text/html,<script>alert(3)</script>) [v](vbscript:alert(4))

| <img src=x onerror=alert(5)> |
|---|
| <b hx-get="/healthz" hx-trigger="load">b</b> |

$\\href{javascript:alert(6)}{x}$ and \`<script>alert(7)</script>\``;

for (const size of [1, 7, 4_000]) {
  test(`markup in prompts, titles and answers stays text (in chunks of ${size})`, async ({
    page,
    ollama,
  }) => {
    const requests: string[] = [];
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    ollama.next({ chunks: chunks(EVIL_ANSWER, size), everyMs: 1 });
    await ask(page, EVIL);
    await ended(page);
    await expect(page.locator(".person")).toContainText("<img src=x onerror=alert(1)>");
    await expect(page).toHaveTitle(/^<img src=x onerror=alert\(1\)>/);
    await expect(answer(page)).toContainText('<script>alert("script")</script>');
    for (const place of [page.locator(".person"), answer(page)]) {
      await expect(place.locator("img, script, style, iframe, form, b, hx-partial, u")).toHaveCount(
        0,
      );
    }
    await open(page, "/conversations");
    await expect(page.getByRole("main").getByRole("link", { name: /^<img/ })).toBeVisible();
    expect(requests).not.toContain("/healthz");
    expect(requests).not.toContain("/x");
    expect(requests).not.toContain("/conversations/x");
  });
}

test("a link in an answer is one where its address is harmless, and tells nobody where it stood", async ({
  page,
  ollama,
}) => {
  ollama.next({
    chunks: ["See [the page](https://example.org/tides) and [that](javascript:alert(1))."],
  });
  await ask(page, "Where?");
  await ended(page);
  const link = answer(page).getByRole("link", { name: "the page" });
  await expect(link).toHaveAttribute("href", "https://example.org/tides");
  await expect(link).toHaveAttribute("rel", /noreferrer/);
  await expect(answer(page).getByRole("link")).toHaveCount(1);
});

test("every page forbids what is inline or remote", async ({ page, ollama, faults }) => {
  faults.allow(/404/);
  ollama.next({ chunks: ["One."] });
  await ask(page, "First");
  await ended(page);
  const conversation = page.url();
  for (const address of ["/", "/conversations", "/no/such/place", "/patterns", conversation]) {
    const response = await page.goto(address);
    const policy = (await response?.headerValue("content-security-policy")) ?? "";
    expect(policy, address).toContain("default-src 'none'");
    expect(policy, address).not.toContain("unsafe-");
    expect(policy, address).not.toMatch(/https?:/);
    await expect(page.locator("script:not([src]), style, [style]")).toHaveCount(0);
  }
});
