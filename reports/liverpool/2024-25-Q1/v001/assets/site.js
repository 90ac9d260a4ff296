"use strict";
// Additions to pages that work without them: sortable tables, search, a card that a link opens.
// Nothing is fetched and no text becomes markup.

const made = (name, text, attributes = {}) => {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const announcer = () => {
  const region = made("p", "", { role: "status", class: "hidden" });
  document.body.append(region);
  return (text) => { region.textContent = text; };
};

/* ---- Sortable tables ---- */

const sortable = (table) => {
  const unlike = table.matches(".themes") || table.querySelector("[rowspan], [colspan], thead tr + tr, tfoot");
  return !unlike && table.tHead && table.tBodies.length === 1 && table.tBodies[0].rows.length > 2;
};

// A cell's number: its data-value, else the number that its text begins with; null where it has none.
const numberOf = (cell) => {
  const text = (cell.dataset.value ?? cell.textContent).replace(/[£,\s]/g, "").replace("−", "-");
  const found = /^[+-]?\d+(\.\d+)?/.exec(text);
  return found && Number(found[0]) * (/^[+-]?[\d.]+m(?![a-z])/.test(text) ? 1e6 : 1);
};

const byText = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

// What has no number, such as [c], stays at the end whichever way the rest is turned.
const ordered = (rows, column, descending) => {
  const cells = rows.map((row) => row.cells[column]);
  const numbers = cells.map(numberOf);
  const numeric = cells[0].matches(".n, [data-value]") && numbers.some((each) => each !== null);
  const sign = descending ? -1 : 1;
  const compare = (a, b) => {
    if (!numeric) return sign * byText.compare(cells[a].textContent.trim(), cells[b].textContent.trim());
    if (numbers[a] === null || numbers[b] === null) return (numbers[a] === null) - (numbers[b] === null);
    return sign * (numbers[a] - numbers[b]);
  };
  return rows.map((_, at) => at).sort((a, b) => compare(a, b) || a - b).map((at) => rows[at]);
};

const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
const SAID = { none: "as it was", ascending: "from low to high", descending: "from high to low" };

const makeSortable = (table, say) => {
  const body = table.tBodies[0];
  const original = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const sortBy = (head) => {
    const order = NEXT[head.getAttribute("aria-sort") || "none"];
    for (const each of heads) each.removeAttribute("aria-sort");
    if (order !== "none") head.setAttribute("aria-sort", order);
    const rows = order === "none" ? original : ordered(original, head.cellIndex, order === "descending");
    body.append(...rows);
    say(`Table sorted by ${head.textContent.trim()}, ${SAID[order]}`);
  };
  for (const head of heads.filter((each) => each.textContent.trim())) {
    const button = made("button", "", { type: "button", class: "sort" });
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(head));
    head.append(button);
  }
};

/* ---- The card of a number that a link leads to ---- */

const openLinked = () => {
  const raw = location.hash.slice(1);
  if (!raw.startsWith("e-")) return;
  const place = document.getElementById(raw) || document.getElementById(decodeURIComponent(raw));
  const button = place && place.querySelector("button[popovertarget]");
  if (!button) return;
  const card = document.getElementById(button.getAttribute("popovertarget"));
  button.focus();
  if (card && card.showPopover && !card.matches(":popover-open")) card.showPopover();
};

/* ---- Search ---- */

const COMMON = new Set(("a an and are as at be by do does for from has have how in is it of on or our "
  + "that the their there they to was we what when where which who why with").split(" "));

// KF1 is KF01; a word of a plural is that of its singular.
const plain = (word) => {
  if (/\d/.test(word)) return word.replace(/^([a-z]+)0+(?=\d)/, "$1");
  if (word.length < 4) return word;
  if (word.endsWith("ies")) return word.slice(0, -3) + "y";
  return /[^suiy]s$/.test(word) ? word.slice(0, -1) : word;
};

const wordsOf = (text) => (text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase()
  .match(/[\p{L}\p{N}]+(?:\.\p{N}+)?/gu) || []).map(plain);

// Whether two words are one typing slip apart: a letter more, less, other, or two changed over.
const oneSlip = (a, b) => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const same = (i, j) => a.slice(at + i) === b.slice(at + j);
  return same(1, 1) || same(1, 0) || same(0, 1)
    || (a[at] === b[at + 1] && a[at + 1] === b[at] && same(2, 2));
};

// How well a word of the index answers a word that was typed: 1 for itself, 0 for not at all.
const likeness = (typed, word) => {
  if (typed === word) return 1;
  if (typed.length > 1 && word.startsWith(typed)) return 0.5 + 0.4 * typed.length / word.length;
  if (typed.length < 4 || /\d/.test(typed)) return 0;
  if (oneSlip(typed, word)) return 0.45;
  if (word.length > 3 && typed.startsWith(word) && typed.length < word.length + 4) return 0.4;
  const starts = [-1, 0, 1].map((more) => word.slice(0, typed.length + more));
  if (typed.length > 4 && starts.some((start) => oneSlip(typed, start))) return 0.3;
  return typed.length > 6 && typed.slice(0, 6) === word.slice(0, 6) ? 0.25 : 0;
};

// What a title begins with is what it is about.
const WEIGHT = { begin: 6, title: 5, of: 2, text: 1 };
const BOOST = [1, 1.1, 1.1, 1.3, 0.6, 1, 0.7, 1, 1];

const makeIndex = ({ kinds, entries }) => {
  const postings = new Map();
  const items = entries.map(([kind, title, place, text = "", shown = "", of = ""], at) => {
    const fields = { title: wordsOf(title), of: wordsOf(of), text: wordsOf(`${text} ${shown}`) };
    const best = new Map();
    for (const [field, words] of Object.entries(fields)) {
      words.forEach((word, nth) => {
        const weight = WEIGHT[field === "title" && nth === 0 ? "begin" : field];
        best.set(word, Math.max(best.get(word) || 0, weight / Math.sqrt(4 + words.length)));
      });
    }
    for (const [word, weight] of best) {
      if (!postings.has(word)) postings.set(word, []);
      postings.get(word).push([at, weight]);
    }
    return { kind: kinds[kind], boost: BOOST[kind], title, place, shown, of };
  });
  return { items, postings };
};

const scoresOf = (typed, { items, postings }) => {
  const scores = new Map();
  for (const [word, found] of postings) {
    const like = likeness(typed, word);
    if (!like) continue;
    const rarity = Math.log(1 + items.length / found.length);
    for (const [at, weight] of found) {
      scores.set(at, Math.max(scores.get(at) || 0, like * weight * rarity));
    }
  }
  return scores;
};

// Every word that was typed counts; what has all of them stands before what has some.
const search = (query, index) => {
  const every = wordsOf(query);
  const telling = every.filter((word) => !COMMON.has(word));
  const typed = telling.length ? telling : every;
  const sums = new Map();
  for (const word of typed) {
    for (const [at, score] of scoresOf(word, index)) {
      const [sum, met] = sums.get(at) || [0, 0];
      sums.set(at, [sum + score, met + 1]);
    }
  }
  const ranked = [...sums].map(([at, [sum, met]]) => [at, sum * (met / typed.length) ** 3 * index.items[at].boost]);
  return ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([at]) => index.items[at]);
};

const SHOWN_N = 30;

const resultOf = ({ kind, title, place, shown, of }) => {
  const item = made("li", "");
  item.append(made("a", of ? `${of}: ${title}` : title, { href: place }));
  if (shown) item.append(" ", made("strong", shown));
  item.append(" ", made("span", kind, { class: "id" }));
  return item;
};

const makeSearch = (form, everything, say) => {
  const field = form.elements.namedItem("q");
  const index = makeIndex(window.peerpackIndex);
  const list = made("ol", "", { class: "results", "aria-label": "Results" });
  form.after(list);
  let soon = 0;
  const show = () => {
    const asked = field.value.trim();
    const found = asked ? search(asked, index) : [];
    list.replaceChildren(...found.slice(0, SHOWN_N).map(resultOf));
    everything.hidden = found.length > 0;
    clearTimeout(soon);
    const more = found.length > SHOWN_N ? `, the best ${SHOWN_N} shown` : "";
    if (asked) soon = setTimeout(() => say(`${found.length || "No"} results${more}`), 500);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  field.addEventListener("input", show);
  field.value = new URLSearchParams(location.search).get("q") || "";
  show();
};

const start = () => {
  const say = announcer();
  for (const table of document.querySelectorAll("main table:not(.themes)")) {
    if (sortable(table)) makeSortable(table, say);
  }
  const everything = document.getElementById("everything");
  if (everything && window.peerpackIndex) {
    makeSearch(document.getElementById("search"), everything, say);
  }
  window.addEventListener("hashchange", openLinked);
  // Not before: until then the browser itself moves the focus to where the link leads.
  window.addEventListener("load", openLinked);
};

start();
