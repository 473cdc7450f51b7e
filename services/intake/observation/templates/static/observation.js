// What is nicer with JavaScript on the form of an observation; it works without. Nothing is kept on the device.
"use strict";

// How people write where a home is: "2. tv", "2tv", "Storgade 2 st. mf.", "12 A", "stuen til venstre".
const SAID = new Map(Object.entries({
  stuen: "st", stue: "st", "stueetagen": "st", kælder: "kl", kælderen: "kl", kld: "kl", venstre: "tv", højre: "th", midtfor: "mf", midt: "mf",
}));
const LEFT_OUT = new Set(["sal", "etage", "dør", "nr", "nummer", "lejlighed", "lejl", "bolig", "til"]);
const FLOORS_AND_SIDES = new Set(["st", "kl", "tv", "mf", "th"]);
const folded = (text) => text.normalize("NFC").toLocaleLowerCase("da").replaceAll("aa", "å");

// The words of what was typed: letters and digits apart, and the words of a floor or a side as the register has them.
function wordsOf(text) {
  const plain = folded(text).replace(/\bt\.\s?([hv])\b\.?/g, "t$1").replace(/\bm\.\s?f\b\.?/g, "mf");
  const words = plain.match(/\d+|\p{L}+/gu) ?? [];
  return words.map((word) => SAID.get(word) ?? word).filter((word) => !LEFT_OUT.has(word));
}

// Words stand in a home when the street has those that begin like one of its own, and the rest are number, floor and door, in this order.
function fits(words, home) {
  const isStreet = (word) => /^\p{L}/u.test(word) && !FLOORS_AND_SIDES.has(word);
  const street = words.filter((word, at) => isStreet(word) && !isLetterOfNumber(words, at));
  const inside = [];
  words.forEach((word, at) => {
    if (!isStreet(word)) inside.push(word);
    else if (isLetterOfNumber(words, at)) inside[inside.length - 1] += word;
  });
  return (
    street.every((word) => home.street.some((part) => part.startsWith(word))) &&
    inTurn(inside, home.inside, /^\d/u.test(words.at(-1) ?? ""))
  );
}

// "12 a" is a number with its letter.
const isLetterOfNumber = (words, at) => words[at].length === 1 && at > 0 && /^\d+$/.test(words[at - 1]);

// Each word is one of the parts, in their order; the last may be half typed.
function inTurn(words, parts, halfTyped) {
  if (!words.length) return true;
  const [word, ...others] = words;
  return parts.some((part, at) => {
    const same = part === word || (halfTyped && !others.length && part.startsWith(word)) || part.replace(/\D+$/, "") === word;
    return same && inTurn(others, parts.slice(at + 1), halfTyped);
  });
}

// A box above the list of homes that leaves only those that match. What somebody chose stays; what the box chose goes with its text.
for (const field of document.querySelectorAll("[data-home-filter]")) {
  const select = field.querySelector("select");
  const groups = [...select.querySelectorAll("optgroup")].map((group) => ({
    group,
    options: [...group.children].map((option) => ({
      option,
      home: {
        street: wordsOf(group.label),
        inside: [option.dataset.number, ...[option.dataset.floor, option.dataset.door].flatMap(wordsOf)].map(folded).map((part) => part.replace(/\s/g, "")),
      },
    })),
  }));
  if (groups.reduce((sum, { options }) => sum + options.length, 0) < 8) continue;
  const box = document.createElement("input");
  box.type = "search";
  box.className = "home-filter";
  box.autocomplete = "off";
  box.placeholder = field.dataset.homeFilter;
  box.setAttribute("aria-label", field.dataset.homeFilter);
  box.setAttribute("aria-controls", select.id);
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  select.before(box);
  select.after(said);
  let chosenByTheBox = null;
  select.addEventListener("change", () => (chosenByTheBox = null));
  box.addEventListener("input", () => {
    const words = wordsOf(box.value);
    const fitting = groups.flatMap(({ options }) => options).filter(({ home }) => fits(words, home)).map(({ option }) => option);
    if (chosenByTheBox) select.value = "";
    chosenByTheBox = words.length && fitting.length === 1 && !select.value ? fitting[0] : null;
    if (chosenByTheBox) chosenByTheBox.selected = true;
    // Options are taken out rather than hidden: some phones show hidden ones.
    for (const { group, options } of groups) {
      const shown = options.map(({ option }) => option).filter((option) => option.selected || fitting.includes(option));
      group.replaceChildren(...shown);
      if (shown.length) select.append(group);
      else group.remove();
    }
    said.textContent = fitting.length ? "" : field.dataset.none;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// Whom it may be passed on to goes with a yes; another answer takes the ticks away.
for (const answer of document.querySelectorAll("input[name=consent_answer]")) {
  answer.addEventListener("change", () => {
    if (answer.value === "granted") return;
    for (const tick of document.querySelectorAll("input[name=consent_scope]:checked")) tick.checked = false;
  });
}
