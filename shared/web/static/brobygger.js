// What is nicer with JavaScript; everything works without it. Nothing is kept on the device.
"use strict";

// Counts the characters that are left, as people count them: an æ and an emoji are one each.
for (const area of document.querySelectorAll("textarea[data-at-most]")) {
  const count = document.getElementById(`${area.id}-count`);
  const most = Number(area.dataset.atMost);
  let later;
  const show = () => {
    const left = most - [...area.value.normalize("NFC").trim()].length;
    count.textContent = left < 0 ? count.dataset.over.replace("{n}", -left) : count.dataset.left.replace("{n}", left);
    count.classList.toggle("over", left < 0);
  };
  area.addEventListener("input", () => {
    // A screen reader hears the count when the typing pauses, not at each key.
    clearTimeout(later);
    later = setTimeout(show, 150);
  });
  show();
}

// A box above a long list that hides what does not match; what is chosen always stays visible.
for (const list of document.querySelectorAll(".long-list[data-filter]")) {
  const cards = [...list.querySelectorAll(".card")];
  if (cards.length < 8) continue;
  const box = document.createElement("input");
  box.type = "search";
  box.className = "filter";
  box.autocomplete = "off";
  box.setAttribute("aria-label", list.dataset.filter);
  box.placeholder = list.dataset.filter;
  const none = document.createElement("p");
  none.className = "hint";
  none.setAttribute("role", "status");
  const frame = list.querySelector(".cards");
  frame.before(box, none);
  box.addEventListener("input", () => {
    const words = box.value.toLocaleLowerCase("da").split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const text = card.textContent.toLocaleLowerCase("da");
      const fits = card.querySelector("input").checked || words.every((word) => text.includes(word));
      card.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    none.textContent = shown ? "" : list.dataset.none;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// A form is sent once, however often the thumb lands; and what somebody wrote leaves the screen only where there is coverage.
const unsend = (form) => {
  delete form.dataset.sent;
  form.querySelector("button[type=submit]")?.removeAttribute("aria-disabled");
};
const thisFile = document.currentScript.src;
const isThereCoverage = () =>
  fetch(thisFile, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(10_000) }).then(
    (answer) => answer.ok,
    () => false,
  );
const noCoverage = document.getElementById("no-coverage");
for (const form of document.querySelectorAll("main form[method=post]")) {
  const fields = "textarea, select, input:not([type=hidden]), [name=kept]";
  const holdsSomething = "waits" in form.dataset || [...form.elements].some((field) => field.matches(fields));
  let isReached = false;
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    form.querySelector("button[type=submit]")?.setAttribute("aria-disabled", "true");
    if (!holdsSomething || isReached) return;
    event.preventDefault();
    isReached = await isThereCoverage();
    unsend(form);
    noCoverage.hidden = isReached;
    if (isReached) form.requestSubmit(event.submitter);
    else {
      (event.submitter ?? form.querySelector("button[type=submit]"))?.parentElement.before(noCoverage);
      noCoverage.scrollIntoView({ block: "center" });
    }
    isReached = false;
  });
}
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(unsend));

// What somebody wrote is not left without a question: the way out is next to the thumb. Sending is no leaving, and neither is ringing somebody.
const isShownAgain = document.querySelector(".mistakes") !== null;
const isWrittenIn = (form) =>
  "waits" in form.dataset ||
  [...form.elements].some((field) => field.name && "defaultValue" in field && field.value !== field.defaultValue) ||
  (isShownAgain && [...form.querySelectorAll("textarea")].some((area) => area.value));
let rings = false;
let takesItAlong = false;
document.getElementById("out")?.addEventListener("submit", (event) => (takesItAlong = event.target.elements.kept !== undefined));
document.addEventListener("click", (event) => {
  rings = event.target.closest("a[href^='tel:'], a[href^='mailto:']") !== null;
});
window.addEventListener("beforeunload", (event) => {
  // What the browser itself put back after going back was written by nobody on this page.
  if (!navigator.userActivation.hasBeenActive) return;
  if (!rings && !takesItAlong && [...document.querySelectorAll("main form[method=post]:not([data-sent])")].some(isWrittenIn)) event.preventDefault();
});

// What was typed before signing in again comes up by itself.
document.querySelector("form[data-goes-on]")?.requestSubmit();

// On a phone the navigation is wider than the screen; the page somebody is on is in view.
const ways = document.querySelector(".ways");
const here = ways?.querySelector("[aria-current]");
if (here) ways.scrollLeft = here.offsetLeft - (ways.clientWidth - here.offsetWidth) / 2;

document.querySelector("[data-focus]")?.focus();
