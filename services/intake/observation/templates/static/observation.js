// What is nicer with JavaScript on the form of an observation; it works without. Nothing is kept on the device.
"use strict";

// A box above the list of homes that leaves only those that match; what is chosen stays.
for (const field of document.querySelectorAll("[data-home-filter]")) {
  const select = field.querySelector("select");
  const groups = [...select.querySelectorAll("optgroup")].map((group) => ({ group, options: [...group.children] }));
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
  box.addEventListener("input", () => {
    const words = box.value.toLocaleLowerCase("da").split(/\s+/).filter(Boolean);
    const fits = (option) => words.every((word) => option.textContent.toLocaleLowerCase("da").includes(word));
    const fitting = [];
    // Options are taken out rather than hidden: some phones show hidden ones.
    for (const { group, options } of groups) {
      const shown = options.filter((option) => option.selected || fits(option));
      fitting.push(...options.filter(fits));
      group.replaceChildren(...shown);
      if (shown.length) select.append(group);
      else group.remove();
    }
    said.textContent = fitting.length ? "" : field.dataset.none;
    if (words.length && fitting.length === 1) fitting[0].selected = true;
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
