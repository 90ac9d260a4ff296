// What can be judged only where a page is laid out. Each function gives the faults it sees, in words.
// They return nothing but text, and change nothing that they do not put back.
(() => {
  const text = (e) => (e.getAttribute("aria-label") || e.textContent).trim().replace(/\s+/g, " ").slice(0, 60);
  const named = (e) => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""} ${text(e)}`;
  const box = (e) => e.getBoundingClientRect();
  const isSeen = (e) =>
    e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && box(e).width > 0;
  const isPressed = "a[href], button, summary, input:not([type=hidden]), select, textarea";
  const targets = () => [...document.querySelectorAll(isPressed)].filter(isSeen);

  // A link in a sentence is as high as its line, which WCAG allows.
  const isInSentence = (e) =>
    getComputedStyle(e).display === "inline" &&
    [...e.parentElement.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && /\w/.test(n.data));
  const isSmall = (e) => Math.min(box(e).width, box(e).height) < 23.9;
  const middle = (e) => [box(e).x + box(e).width / 2, box(e).y + box(e).height / 2];

  // How far a point is from a box.
  function away([x, y], b) {
    return Math.hypot(Math.max(b.left - x, 0, x - b.right), Math.max(b.top - y, 0, y - b.bottom));
  }

  // WCAG 2.2, 2.5.8: smaller than 24 by 24, and a circle of 24 around its middle meets another target.
  function undersized() {
    const all = targets().filter((e) => !isInSentence(e) && !e.matches(".skip"));
    const meets = (e, other) =>
      isSmall(other) ? Math.hypot(...middle(e).map((v, i) => v - middle(other)[i])) < 24 : away(middle(e), box(other)) < 12;
    return all
      .filter((e) => isSmall(e) && all.some((o) => o !== e && !o.contains(e) && !e.contains(o) && meets(e, o)))
      .map(named);
  }

  // Wider than the window: what would make the page scroll sideways.
  function sideways() {
    const stacked = [...document.querySelectorAll(".scroll:has(> .stack)")].filter(
      (e) => innerWidth <= 640 && e.scrollWidth > e.clientWidth);
    if (stacked.length) return stacked.map((e) => "a stacked table scrolls: " + named(e));
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide <= 0) return [];
    const out = [...document.body.querySelectorAll("*")].filter(
      (e) => isSeen(e) && box(e).right > window.innerWidth + 1 && !e.parentElement.closest(".scroll, svg"));
    return [`${wide} px too wide: ` + out.slice(-3).map(named).join("; ")];
  }

  const marks = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "color",
                 "borderTopColor", "borderTopWidth", "textDecorationLine", "textDecorationThickness"];
  const look = (e) => marks.map((m) => getComputedStyle(e)[m]).join("|");
  const isCovered = (e) => {
    const b = box(e);
    const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]].map(([x, y]) => [b.left + b.width * x, b.top + b.height * y]);
    return !points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (e.contains(top) || top.contains(e));
    });
  };

  // Call after a key was pressed: then focus by script counts as focus by keyboard.
  function unfocused() {
    const found = [];
    for (const e of document.querySelectorAll(`${isPressed}, [tabindex='0']`)) {
      if (!isSeen(e)) continue;
      document.activeElement.blur();
      const before = look(e);
      e.focus();
      if (document.activeElement !== e) found.push("takes no focus: " + named(e));
      else if (look(e) === before) found.push("looks the same: " + named(e));
      else if (isCovered(e)) found.push("is covered: " + named(e));
    }
    document.activeElement.blur();
    window.scrollTo(0, 0);
    return found;
  }

  // What moves although the reader asked for no motion.
  function moving() {
    const found = document.getAnimations().map((a) => "animation of " + named(a.effect.target));
    for (const e of document.querySelectorAll("*")) {
      const s = getComputedStyle(e);
      if (s.scrollBehavior === "smooth") found.push("smooth scrolling of " + named(e));
      if (s.transitionDuration.split(", ").some((d) => parseFloat(d) > 0)) found.push("transition of " + named(e));
    }
    return found;
  }

  // A colour in any notation as red, green, blue and alpha, each 0 to 255.
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  function channels(said) {
    if (!known.has(said)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = "rgb(0 0 0 / 0)";
      pen.fillStyle = said;
      pen.fillRect(0, 0, 1, 1);
      known.set(said, [...pen.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(said);
  }
  const grey = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const light = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  function ground(e) {
    for (let up = e; up; up = up.parentElement) {
      const c = channels(getComputedStyle(up).backgroundColor);
      if (c[3] > 0) return c;
    }
    return channels("Canvas");
  }

  // Text that a print or a screen without colour does not show clearly enough.
  function faint() {
    const found = [];
    for (const e of document.querySelectorAll("body *")) {
      const own = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
      if (!own || !isSeen(e) || e.matches("option, title, desc, .hidden, .hidden *")) continue;
      const s = getComputedStyle(e);
      const ink = channels(e.ownerSVGElement ? s.fill : s.color);
      const paper = ground(e);
      const [a, b] = [light(grey(ink)), light(grey(paper))].sort((x, y) => y - x);
      const size = parseFloat(s.fontSize);
      const enough = size >= 24 || (size >= 18.66 && s.fontWeight >= 700) ? 3 : 4.5;
      const contrast = (a + 0.05) / (b + 0.05);
      if (contrast < enough) found.push(`${contrast.toFixed(2)}: ${named(e)}`);
    }
    return found;
  }

  window.looks = { undersized, sideways, unfocused, moving, faint };
})();
