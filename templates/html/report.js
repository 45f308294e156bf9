"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const on = (target, names, act, options) => names.split(" ").forEach((name) => target.addEventListener(name, act, options));
  const make = (tag, text, type) => Object.assign(document.createElement(tag), { textContent: text }, type && { type });
  for (const part of all("[data-script]")) part.hidden = false;

  // Filter: level, state, STRIDE letter, phase, text of the place.
  const bar = one("filter"), findings = all("details.f");
  const among = { open: ["open", "unconfirmed"], confirmed: ["open"] };
  const filter = () => {
    const want = Object.fromEntries(all("select, input", bar).map((field) => [field.name, field.value]));
    const text = want.place.trim().toLowerCase(), told = one("told");
    let shown = 0;
    for (const threat of all("article.threat")) {
      const before = shown;
      const about = threat.dataset.stride.includes(want.stride) && (!want.phase || threat.dataset.phase === want.phase);
      for (const part of all(".case", threat)) {
        const start = shown;
        const right = about && (!want.state || (among[want.state] || [want.state]).includes(part.dataset.state));
        for (const finding of all("details.f", part)) {
          const head = finding.firstElementChild;
          finding.hidden = !right || (want.level && head.firstElementChild.textContent !== want.level)
            || !`${finding.id} ${head.textContent}`.toLowerCase().includes(text);
          shown += !finding.hidden;
        }
        part.hidden = shown === start;
      }
      threat.hidden = shown === before;
    }
    told.textContent = told.dataset.text.replace("{shown}", shown).replace("{all}", findings.length);
  };
  const clear = () => { for (const field of all("select, input", bar)) field.value = ""; filter(); };
  if (bar) {
    on(bar, "input change", filter);
    on(bar, "click", ({ target: { dataset } }) => {
      if ("clear" in dataset) clear();
      if (dataset.fold) for (const part of all("article.threat:not([hidden]) details")) part.open = dataset.fold === "open";
    });
    filter();
  }

  // A link to a finding opens it, and shows it where the filter hides it.
  const reveal = () => {
    const target = one(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (bar && target.closest("[hidden]")) clear();
    for (let part = target; part; part = part.parentElement) if (part.matches("details")) part.open = true;
    target.scrollIntoView();
  };
  on(window, "hashchange", reveal);
  reveal();

  // A table is sorted by its headings: levels by rank, numbers by size, the rest as text.
  const rank = { critical: 4, high: 3, medium: 2, low: 1, "–": 0 };
  const value = (row, column) => {
    const cell = row.cells[column], text = (cell.querySelector("summary") || cell).textContent.trim();
    return rank[text] ?? (/^\d+$/.test(text) ? Number(text) : text.toLowerCase());
  };
  for (const table of all("table.sortable")) all("thead th", table).forEach((head, column) => {
    const button = make("button", "", "button");
    button.append(...head.childNodes);
    head.append(button);
    on(button, "click", () => {
      const rows = [...table.tBodies[0].rows].map((row) => [value(row, column), row]);
      const was = head.ariaSort, down = was ? was === "ascending" : typeof rows[0]?.[0] === "number";
      for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    });
  });

  // On paper everything is open.
  let closed = [];
  on(window, "beforeprint", () => { closed = all("details:not([open])"); for (const part of closed) part.open = true; });
  on(window, "afterprint", () => { for (const part of closed) part.open = false; });

  // The picture: zoom and move.
  const drawing = one("drawing"), svg = drawing?.querySelector("svg"), seen = svg?.viewBox.baseVal;
  if (!seen?.width) return;
  const whole = [seen.x, seen.y, seen.width, seen.height];
  let box = whole, drag = null;
  const show = (...next) => { box = next; svg.setAttribute("viewBox", next.join(" ")); };
  const move = (right, down) => show(box[0] + right * box[2], box[1] + down * box[3], box[2], box[3]);
  const zoom = (factor, across = 0.5, down = 0.5) => {
    const width = Math.min(whole[2], Math.max(whole[2] / 30, box[2] * factor)), height = width * whole[3] / whole[2];
    show(box[0] + (box[2] - width) * across, box[1] + (box[3] - height) * down, width, height);
  };
  const share = (event, edge = svg.getBoundingClientRect()) => [(event.clientX - edge.left) / edge.width, (event.clientY - edge.top) / edge.height];
  const keys = {
    "+": () => zoom(0.8), "-": () => zoom(1.25), 0: () => show(...whole), ArrowLeft: () => move(-0.1, 0),
    ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1), ArrowDown: () => move(0, 0.1),
  };
  for (const button of all("[data-zoom]")) on(button, "click", keys[button.dataset.zoom]);
  on(drawing, "keydown", (event) => {
    if (event.target !== drawing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  on(drawing, "wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 0.85 : 1.18, ...share(event));
  }, { passive: false });
  on(svg, "pointerdown", (event) => { if (event.pointerType === "mouse") drag = { at: share(event), far: false }; });
  on(window, "pointermove", (event) => {
    if (!drag || !event.buttons) return;
    const [across, down] = share(event);
    if (Math.hypot(drag.at[0] - across, drag.at[1] - down) > 0.01) drag.far = true;
    if (drag.far) { move(drag.at[0] - across, drag.at[1] - down); drag.at = [across, down]; }
  });
  on(window, "pointerup", () => setTimeout(() => { drag = null; }));

  // An element of the picture and its findings show each other.
  const placeOf = (part) => part.id.replace(/^\w+:|:(in|out)$/g, "");
  const parts = all("g[id^='component:'], g[id^='flow:'], g[id^='zone:']", svg), chosen = one("chosen");
  const light = (place, name, lit) => { for (const part of parts) if (placeOf(part) === place) part.classList.toggle(name, lit); };
  const choose = (part) => {
    const place = placeOf(part), here = findings.filter((finding) => finding.id.endsWith(`@${place}`));
    const list = make("ul", ""), close = make("button", chosen.dataset.close, "button");
    for (const finding of here) {
      const line = make("li", ""), link = make("a", finding.closest("article").querySelector("h3").textContent);
      link.href = `#${finding.id}`;
      line.append(finding.querySelector(".lv").cloneNode(true), " ", link, ` ${finding.closest(".case").dataset.state}`);
      list.append(line);
    }
    for (const other of parts) other.classList.toggle("picked", placeOf(other) === place);
    on(close, "click", () => { chosen.hidden = true; light(place, "picked", false); part.focus(); });
    chosen.replaceChildren(make("p", part.ariaLabel + (here.length ? "" : `: ${chosen.dataset.none}`)), list, close);
    chosen.hidden = false;
  };
  svg.setAttribute("role", "group");
  for (const part of parts) {
    part.setAttribute("role", "button");
    part.ariaLabel = (part.querySelector("title, text") || part).textContent.trim();
    if (!part.id.endsWith(":in") && !part.id.endsWith(":out")) part.setAttribute("tabindex", "0");
    on(part, "click", (event) => { event.stopPropagation(); if (!drag?.far) choose(part); });
    on(part, "keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(part); } });
  }
  on(one("content"), "mouseover mouseout focusin focusout", ({ target, type }) => {
    const lit = type === "mouseover" || type === "focusin", part = target.closest("#drawing g[id*=':']");
    const spot = target.closest("details.f, tr[data-at], a[href*='@']");
    if (part) for (const row of all(`tr[data-at="${placeOf(part)}"]`)) row.classList.toggle("lit", lit);
    if (spot) light(spot.dataset.at || decodeURIComponent(spot.id || spot.hash).split("@")[1], "lit", lit);
  });
})();
