// What the tests ask of a page; each function runs inside the browser and answers with what is wrong, in words.
const named = (element) => {
  const classes = element.className?.baseVal ?? element.className;
  return `<${element.localName}${element.id ? ` #${element.id}` : ""}${classes ? ` .${classes}` : ""}> "${(element.innerText ?? "").trim().slice(0, 40)}"`;
};

const nextFrames = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));

const asked = {
  // Answers when the page has been drawn as it is now: a colour that glides into another one is measured when it has arrived.
  async drawn() {
    await nextFrames();
    for (let moving; (moving = document.getAnimations()).length > 0; await nextFrames())
      await Promise.allSettled(moving.map((animation) => animation.finished));
  },

  // Elements that make the page scroll sideways.
  tooWide() {
    const page = document.scrollingElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const holds = (element) =>
      element && element !== document.body && element !== page && (getComputedStyle(element).overflowX !== "visible" || holds(element.parentElement));
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > page.clientWidth + 1 && !holds(element.parentElement),
    );
    return [`${page.scrollWidth} px in ${page.clientWidth}: ${wide.slice(0, 5).map(named).join(", ")}`];
  },

  // Elements whose contents are cut off and cannot be scrolled to.
  cutOff() {
    return [...document.querySelectorAll("header *, main *, footer *")]
      .filter((element) => {
        if (!["hidden", "clip"].includes(getComputedStyle(element).overflowX) || element.closest(".unseen, svg, thead")) return false;
        return element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1;
      })
      .map(named);
  },

  // What is to be hit and is smaller than so many pixels; a word in a sentence is as high as its line.
  tooSmall(least) {
    const isHit = (element) => {
      // A link may reach over its whole card: what counts is where a thumb lands, not how large the word is.
      element.scrollIntoView({ block: "center" });
      const box = element.getBoundingClientRect();
      const [x, y, far] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2, least / 2 - 1];
      return [[x - far, y], [x + far, y], [x, y - far], [x, y + far]].every(([left, top]) => element.contains(document.elementFromPoint(left, top)));
    };
    const hit = [...document.querySelectorAll("a, button, select, textarea, summary, input:not([type=hidden])")];
    return hit
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".skip, .unseen"))
      .filter((element) => element.localName !== "a" || getComputedStyle(element).display !== "inline")
      .map((element) => [element, (element.closest("label") ?? element).getBoundingClientRect()])
      .filter(([, area]) => area.height < least - 0.5 || area.width < least - 0.5)
      .filter(([element]) => !isHit(element))
      .map(([element, area]) => `${named(element)} is ${Math.round(area.width)} × ${Math.round(area.height)}`);
  },

  // What has the focus, whether that shows, and whether it is in sight; nothing at the end of the page.
  async focus() {
    // The page moves to what has the focus when it is next drawn; browser.py has it jump rather than glide.
    await nextFrames();
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const around = element.closest(".card") ?? element;
    const ringed = [element, around].some((one) => {
      const style = getComputedStyle(one);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    const box = around.getBoundingClientRect();
    const middle = (from, to, end) => Math.min(Math.max((from + to) / 2, 1), end - 1);
    const above = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    const isInView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return { what: named(element), ringed, seen: isInView && !!above && (around.contains(above) || above.contains(around)) };
  },
};
