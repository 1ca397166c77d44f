// Keeps the page for times without a network: what it was made of, and sw.js to answer from that.

const THREADS = ["../processor.js", "limiter.js"]; // which are fetched for the thread of the sound

export async function keepOffline() {
  if (!navigator.serviceWorker) return; // a page that came by neither https nor localhost
  try {
    await navigator.serviceWorker.register(new URL("sw.js", import.meta.url));
    await navigator.serviceWorker.ready;
    if (document.readyState !== "complete")
      await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
    const fetched = performance.getEntriesByType("resource").map(({ name }) => name);
    const here = new URL(".", location.href);
    const own = fetched.filter((name) => name.startsWith(new URL("..", here).href));
    const all = [location.href.split("#")[0], ...THREADS.map((name) => new URL(name, import.meta.url).href), ...own];
    await (await caches.open("specml")).addAll([...new Set(all)]);
    document.body.classList.add("offline");
  } catch {
    // it plays without that
  }
}
