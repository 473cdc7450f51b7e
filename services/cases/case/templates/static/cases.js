// A concern that nobody has seen is seen when its page stands in front of somebody: not when a browser fetches it ahead, or behind another tab.
"use strict";

for (const form of document.querySelectorAll("form[data-seen]")) {
  const { id, version } = Object.fromEntries(new FormData(form));
  let isTold = false;
  const tell = async () => {
    if (isTold || document.prerendering || document.visibilityState !== "visible") return;
    isTold = true;
    const answer = await fetch(form.dataset.seen, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "If-Match": `"${version}"` },
      body: JSON.stringify({ id }),
    }).catch(() => null);
    // When it did not work, the button is still there for whoever sees the page.
    if (answer?.ok) form.replaceWith(form.querySelector("template").content);
  };
  document.addEventListener("visibilitychange", tell);
  document.addEventListener("prerenderingchange", tell);
  tell();
}
