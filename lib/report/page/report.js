// The page of `ilbridge report`.
//
//   data/index.js ──ilbridge.index──▶ tables, targets, counts ─┐
//   data/NAME-N.js ──ilbridge.rows──▶ rows, when they are shown ┴▶ view of location.hash
//
// All names and texts come from assemblies and sources, which are untrusted.
// This file adds them to the page only as text: nothing here parses HTML, and
// the only addresses are fragments of this page.
"use strict";

const ilbridge = (() => {
  const PAGE = 100; // the number of rows on a page of a list
  const STATES = {
    a: ["good", "✓", "agrees"],
    d: ["bad", "✗", "differs"],
    n: ["open", "?", "not compared"],
    u: ["dim", "–", "not bound"],
  };
  const WORDS = { agrees: "a", differs: "d", "not-known": "n" };
  const SEVERITIES = {
    error: ["bad", "✗", "error"],
    warning: ["open", "!", "warning"],
    known: ["dim", "○", "known"],
  };

  //--- Data

  let data;           // the content of data/index.js
  const waiting = {}; // by file: the function that receives its rows
  const loaded = {};  // by file: a promise of its rows

  /** Returns the rows in one file of a table. */
  function file(table, number) {
    const name = table + "-" + number;
    loaded[name] ??= new Promise((resolve, reject) => {
      waiting[name] = resolve;
      const script = document.createElement("script");
      script.src = "data/" + name + ".js";
      script.onerror = () => reject(new Error("data/" + name + ".js cannot be read"));
      script.onload = () => script.remove();
      document.head.append(script);
    });
    return loaded[name];
  }

  /** Returns the row with that number. */
  async function row(table, number) {
    const size = data.tables[table].rows_per_file;
    return (await file(table, Math.floor(number / size)))[number % size];
  }

  /** Calls visit(row, number) for every row, and done() after each file. Stops if done() returns false. */
  async function each(table, visit, done) {
    const { files, rows_per_file: size } = data.tables[table] ?? { files: 0 };
    for (let f = 0; f < files; ++f) {
      (await file(table, f)).forEach((row, i) => visit(row, f * size + i));
      if (done && (await done()) === false) return;
    }
  }

  /** Compares texts in the order of UTF-8, in which rows are sorted. */
  function compare(a, b) {
    for (let i = 0; i < a.length && i < b.length; ++i) {
      const x = a.codePointAt(i), y = b.codePointAt(i);
      if (x !== y) return x - y;
    }
    return a.length - b.length;
  }

  /** Returns the numbers of the bindings with a name: of all overloads if it has no parameters. */
  async function named(name) {
    const { files, firsts, rows_per_file: size } = data.tables.bindings;
    const found = [];
    let f = 0;
    while (f + 1 < files && compare(firsts[f + 1], name) < 0) ++f;
    for (; f < files && !(found.length === 0 && compare(firsts[f], name + "(\u{10ffff}") > 0); ++f) {
      const before = found.length;
      (await file("bindings", f)).forEach((each, i) => {
        if (each[0] === name || each[0].startsWith(name + "(")) found.push(f * size + i);
      });
      if (before && found.length === before) break;
    }
    return found;
  }

  //--- Elements

  /** Creates an element with attributes and children. Strings become text nodes. */
  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {}))
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    made.append(...children.flat().filter((each) => each !== undefined && each !== null && each !== ""));
    return made;
  }
  const code = (text) => el("code", {}, text);
  const sign = ([style, mark, word], rest) =>
    el("span", { class: style }, mark + " " + word + (rest ? ": " + rest : ""));
  const plural = (count, word) => count.toLocaleString("en") + " " + word + (count === 1 ? "" : "s");

  /** Creates a link within the page. */
  const link = (text, fragment) => el("a", { href: "#" + fragment }, text);
  const bindingLink = (name) => link(name, encodeURIComponent(name));
  const viewLink = (text, view, query) => {
    const parameters = new URLSearchParams(query).toString();
    return link(text, "/" + view + (parameters ? "?" + parameters : ""));
  };

  /** Shows the location of a declaration, and its source line. */
  function place([name, line, column, member, text]) {
    const where = line ? name + ":" + line + ":" + column : name;
    return el("div", {}, code(where), !line && member ? [" ", code(member)] : [], text ? el("code", { class: "line" }, text) : "");
  }

  function table(caption, heads, rows, style) {
    return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      el("table", { class: style ?? "wide" },
        el("caption", {}, caption),
        el("thead", {}, el("tr", {}, heads.map((head) =>
          el("th", { scope: "col", class: head.startsWith("#") ? "number" : undefined }, head.replace(/^#/, ""))))),
        el("tbody", {}, rows)));
  }
  const cells = (...all) => el("tr", {}, all.map((each) =>
    el("td", { class: typeof each === "number" ? "number" : undefined }, typeof each === "number" ? each.toLocaleString("en") : each)));

  /** Shows one line for each state: "✗ differs: ios, wasm". */
  function states(letters, why) {
    const by = {};
    [...letters].forEach((letter, i) => (by[letter] ??= []).push(data.targets[i].name));
    return ["d", "n", "a", "u"].filter((letter) => by[letter]).map((letter) =>
      el("div", {}, sign(STATES[letter], letter === "u" ? "" : by[letter].length === letters.length ? "all targets" : by[letter].join(", ")),
        letter === "n" && why ? el("ul", {}, by.n.filter((name) => why[name]).map((name) => el("li", { class: "dim" }, name + ": " + why[name]))) : ""));
  }

  function say(text) {
    document.getElementById("status").textContent = text;
  }

  function show(title, ...content) {
    document.title = title + " – ilbridge report";
    const main = document.getElementById("main");
    main.replaceChildren(el("h2", { id: "title", tabindex: "-1" }, title), ...content.flat());
  }

  //--- Lists with filters

  function select(name, label, choices, query) {
    return el("label", {}, label, el("select", { name },
      el("option", { value: "" }, "any"),
      choices.map(([value, text]) => el("option", { value, selected: query.get(name) === String(value) }, text))));
  }

  /**
   * Shows a table of the rows for which matches(row, search) is true, in pages.
   * The filters are part of the address, so other pages can link to a filtered list.
   */
  async function list({ title, view, rows, filters, heads, matches, display, query, intro }) {
    const form = el("form", { class: "filters", role: "search", "aria-label": "Filter" },
      el("label", { class: "search" }, "Search", el("input", { type: "search", name: "q", value: query.get("q") ?? "", autocomplete: "off" })),
      filters(query));
    const output = el("div", {});
    const address = (page) => {
      const set = [...new FormData(form)].filter(([, value]) => value !== "");
      return "#/" + view + "?" + new URLSearchParams(page ? [...set, ["page", page]] : set);
    };
    let turn = 0; // number of the update; a new update ends earlier ones
    const render = async (found, page, isAll, mine) => {
      const pages = Math.max(1, Math.ceil(found.length / PAGE));
      page = Math.min(Math.max(page, 0), pages - 1);
      const shown = await Promise.all(found.slice(page * PAGE, (page + 1) * PAGE).map(([row, number]) => display(row, number)));
      if (mine !== turn) return;
      const count = found.length.toLocaleString("en") + " of " + plural(data.tables[rows].rows, "row");
      const go = (text, to) => el("button", { type: "button", disabled: to < 0 || to >= pages, onclick: () => { history.replaceState(null, "", address(to)); update(to); } }, text);
      output.replaceChildren(
        table(isAll ? count + (pages > 1 ? ", page " + (page + 1) + " of " + pages : "") : "reading…", heads, shown),
        isAll && pages > 1 ? el("div", { class: "pages" }, go("Previous page", page - 1), go("Next page", page + 1)) : "");
      if (isAll) say(count);
    };
    const update = async (page) => {
      const mine = ++turn;
      const wanted = new URLSearchParams([...new FormData(form)]);
      const search = (wanted.get("q") ?? "").toLowerCase();
      const found = [];
      let isShown = false;
      await each(rows, (row, number) => {
        if (matches(row, wanted, search)) found.push([row, number]);
      }, async () => {
        // Show the first rows before all rows are read.
        if (!isShown && found.length > (page + 1) * PAGE) {
          isShown = true;
          await render(found, page, false, mine);
        }
        return mine === turn;
      });
      await render(found, page, true, mine);
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => { history.replaceState(null, "", address(0)); update(0); });
    show(title, intro ?? [], form, output);
    await update(Number(query.get("page") ?? 0) || 0);
  }

  const targetChoices = () => data.targets.map((target, i) => [i, target.name + (target.configured ? "" : " (watched)")]);
  const stateChoices = [["d", "differs"], ["n", "not compared"], ["a", "agrees"], ["u", "not bound"]];
  const severityChoices = [["error", "error"], ["warning", "warning"], ["known", "known"]];

  /** Whether a state matches the filters "state" and "target". */
  function hasState(letters, wanted) {
    const target = wanted.get("target"), state = wanted.get("state");
    if (target) return state ? letters[target] === state : letters[target] !== "u";
    return !state || (state === "a" ? !/[^a]/.test(letters) : letters.includes(state));
  }

  //--- Views

  function overview() {
    const { counts, coverage, bridges } = data;
    const card = (number, word, view, query) =>
      el("li", {}, el("strong", {}, number.toLocaleString("en")), viewLink(word, view, query));
    const cell = (number, target, state) =>
      number ? el("a", { href: "#/bindings?" + new URLSearchParams({ target, state }) }, number.toLocaleString("en")) : "0";
    show("Overview",
      el("ul", { class: "cards" },
        card(counts.bindings, "bindings", "bindings"),
        card(counts.errors, "errors", "findings", { severity: "error" }),
        card(counts.warnings, "warnings", "findings", { severity: "warning" }),
        counts.known ? card(counts.known, "known findings", "findings", { severity: "known" }) : "",
        card(data.tables.causes.rows, "root causes", "causes"),
        card(counts.structs, "structs that cross", "structs"),
        bridges ? card(data.tables.bridges.rows, "rows of bridges", "bridges") : ""),
      data.targets.length === 0 ? "" : table("Bindings in each state, by target", ["Target", "#✓ agrees", "#✗ differs", "#? not compared", "#– not bound"],
        data.targets.map(({ name, configured }, i) => {
          const on = coverage[name];
          return cells(name + (configured ? "" : " (watched)"), ...[["agrees", "a"], ["differs", "d"], ["not_known", "n"], ["not_bound", "u"]].map(([key, letter]) =>
            el("span", {}, cell(on[key], i, letter))));
        }), "plain"),
      data.runtimes.length === 0 ? "" : el("p", { class: "dim" }, "Compared for " + data.runtimes.join(" and ") + "."));
  }

  function bindings(query) {
    return list({
      title: "Bindings", view: "bindings", rows: "bindings", query,
      filters: (q) => [
        select("state", "State", stateChoices, q),
        select("target", "Target", targetChoices(), q),
        select("severity", "Severity", [[2, "error"], [1, "warning"], [0, "none"]], q),
        select("kind", "Kind", [["pinvoke", "P/Invoke"], ["internal-call", "internal call"], ["method", "method"], ["function-pointer", "function pointer"]], q),
      ],
      heads: ["Method", "Function", "Findings", "Targets"],
      matches: ([name, kind, library, fn, severity, letters], wanted, search) =>
        (!search || name.toLowerCase().includes(search) || fn.toLowerCase().includes(search) || library.toLowerCase().includes(search)) &&
        hasState(letters, wanted) &&
        (!wanted.get("severity") || severity === Number(wanted.get("severity"))) &&
        (!wanted.get("kind") || kind === wanted.get("kind")),
      display: ([name, kind, library, fn, severity, letters]) => cells(
        [el("div", { class: "code" }, bindingLink(name)), el("div", { class: "dim" }, kind + (library ? " of " + library : ""))],
        fn ? code(fn) : sign(STATES.u),
        severity === 2 ? sign(SEVERITIES.error) : severity === 1 ? sign(SEVERITIES.warning) : "none",
        states(letters)),
    });
  }

  const targetNames = (indexes) => indexes.map((i) => data.targets[i].name).join(", ");

  /** Shows a finding with its notes, and with its binding if that is not on the page. */
  async function finding(number, withBinding) {
    const [id, severity, message, where, targets, runtimes, cause, binding, notes, fixes, reason] = await row("findings", number);
    const method = withBinding && binding !== null ? (await row("bindings", binding))[0] : undefined;
    const why = cause === null ? undefined : await row("causes", cause);
    return el("article", { class: "finding " + severity },
      el("p", {}, sign(SEVERITIES[severity], message)),
      method === undefined ? "" : el("p", { class: "code" }, bindingLink(method)),
      place(where),
      fixes.map((text) => el("p", {}, "fix: replace with ", code(text || "nothing"))),
      reason ? el("p", {}, "known: " + reason) : "",
      targets.length ? el("p", { class: "dim" }, "on " + targetNames(targets)) : "",
      runtimes.length ? el("p", { class: "dim" }, "with " + runtimes.map((i) => data.runtimes[i]).join(" and ")) : "",
      why ? el("p", {}, "root cause: ", viewLink(why[0], "findings", { cause })) : "",
      el("ul", {}, notes.map(([text, at, edits]) => el("li", {}, text, place(at), edits.map((edit) => el("p", {}, "fix: replace with ", code(edit || "nothing")))))),
      el("p", { class: "dim" }, id));
  }

  async function findings(query) {
    const ids = new Set();
    await each("findings", ([id]) => void ids.add(id));
    const wantedCause = query.get("cause");
    const why = wantedCause ? await row("causes", Number(wantedCause)) : undefined;
    return list({
      title: why ? "Findings of one root cause" : "Findings", view: "findings", rows: "findings", query,
      intro: why ? [el("p", {}, why[0]), place(why[1]), el("p", {}, viewLink("All findings", "findings"))] : [],
      filters: (q) => [
        select("severity", "Severity", severityChoices, q),
        select("id", "Diagnostic", [...ids].sort().map((id) => [id, id]), q),
        select("target", "Target", targetChoices(), q),
        data.runtimes.length > 1 ? select("runtime", "Runtime", data.runtimes.map((name, i) => [i, name]), q) : "",
        wantedCause ? el("input", { type: "hidden", name: "cause", value: wantedCause }) : "",
      ],
      heads: ["Finding"],
      matches: ([id, severity, message, where, targets, runtimes, cause], wanted, search) =>
        (!search || message.toLowerCase().includes(search) || where[0].toLowerCase().includes(search) || where[3].toLowerCase().includes(search)) &&
        (!wanted.get("severity") || severity === wanted.get("severity")) &&
        (!wanted.get("id") || id === wanted.get("id")) &&
        (!wanted.get("target") || !targets.length || targets.includes(Number(wanted.get("target")))) &&
        (!wanted.get("runtime") || !runtimes.length || runtimes.includes(Number(wanted.get("runtime")))) &&
        (!wanted.get("cause") || cause === Number(wanted.get("cause"))),
      display: async (_, number) => cells([await finding(number, true)]),
    });
  }

  function causes(query) {
    return list({
      title: "Root causes", view: "causes", rows: "causes", query,
      intro: [el("p", {}, "A declaration that makes a finding of each use of it. One fix there fixes them all.")],
      filters: (q) => [select("severity", "Severity", severityChoices, q)],
      heads: ["Root cause", "#Findings"],
      matches: ([message, where, , severity], wanted, search) =>
        (!search || message.toLowerCase().includes(search) || where[0].toLowerCase().includes(search)) &&
        (!wanted.get("severity") || severity === wanted.get("severity")),
      display: ([message, where, uses, severity], number) => cells(
        [el("p", {}, sign(SEVERITIES[severity]), " ", viewLink(message, "findings", { cause: number })), place(where)], uses),
    });
  }

  function structs(query) {
    return list({
      title: "Structs that cross", view: "structs", rows: "types", query,
      filters: (q) => [
        select("state", "State", stateChoices.slice(0, 3), q),
        select("target", "Target", targetChoices(), q),
      ],
      heads: ["C#", "C++", "#Methods", "Targets"],
      matches: ([managed, native, letters], wanted, search) =>
        (!search || managed.toLowerCase().includes(search) || native.toLowerCase().includes(search)) && hasState(letters, wanted),
      display: ([managed, native, letters, users], number) => cells(el("span", { class: "code" }, link(managed, "/struct/" + number)), code(native), users, states(letters)),
    });
  }

  const bytes = ({ offset, size }) => size > 1 ? offset + "–" + (offset + size - 1) : String(offset);
  const fieldText = (field) => field ? (field.name === undefined ? el("span", { class: "dim" }, "padding") : code(field.type + " " + field.name)) : "";

  /** Shows both sides of a struct side by side, with one line for each offset. */
  function layout(on) {
    const mine = on.managed?.fields ?? [], theirs = on.native?.fields ?? [];
    const lines = [];
    for (let i = 0, j = 0; i < mine.length || j < theirs.length;) {
      const next = Math.min(mine[i]?.offset ?? Infinity, theirs[j]?.offset ?? Infinity);
      const a = mine[i]?.offset === next ? mine[i++] : undefined;
      const b = theirs[j]?.offset === next ? theirs[j++] : undefined;
      const differs = a?.differs || b?.differs;
      lines.push(el("tr", { class: differs ? "differs" : undefined },
        [differs ? sign(STATES.d) : "", a ? bytes(a) : "", fieldText(a), b ? bytes(b) : "", fieldText(b)].map((each) => el("td", {}, each))));
    }
    const side = (name, { size, align }) => name + ", " + plural(size, "byte") + ", aligned to " + align;
    const why = on.why ?? "";
    return el("section", {},
      el("h3", {}, on.targets.join(", ")),
      el("p", {}, sign(STATES[WORDS[on.state]] ?? STATES.u, why)),
      !on.managed ? "" : table("Bytes on " + on.targets.join(", "), ["State", "Bytes", side("C#", on.managed), "Bytes", on.native ? side("C++", on.native) : "C++"], lines, "plain"));
  }

  async function struct(number) {
    if (!(number >= 0 && number < data.tables.types.rows)) return missing();
    const type = await row("type-details", number);
    const at = (where) => place([where.file, where.line ?? 0, where.column ?? 0, where.member ?? "", ""]);
    show(type.managed,
      el("div", { class: "sides" },
        el("div", {}, el("h3", {}, "C#"), code(type.managed), at(type.managed_location)),
        el("div", {}, el("h3", {}, "C++"), code(type.native), at(type.native_location))),
      type.layouts.map(layout),
      type.passed_by.length ? [el("h3", {}, "Passed by"), el("ul", { class: "code" }, type.passed_by.map((name) => el("li", {}, bindingLink(name))))] : "");
  }

  async function binding(number) {
    const [name, kind, , , , letters] = await row("bindings", number);
    const details = await row("binding-details", number);
    const { managed, native } = details;
    const value = ([type, name], isResult) => el("span", {}, code(type || "–"), name ? [" ", code(name)] : isResult ? el("span", { class: "dim" }, " (result)") : "");
    show(name,
      el("div", { class: "sides" },
        el("section", {}, el("h3", {}, "C#"), el("p", {}, kind + " of assembly " + managed.assembly +
          (managed.library ? ", " + managed.library + "!" + managed.entry_point : "") + (managed.convention ? ", " + managed.convention : "")), place(managed.place)),
        el("section", {}, el("h3", {}, "C++"), native
          ? [el("p", {}, code(native.function), " " + native.kind + ", " + native.convention), place(native.place)]
          : el("p", {}, sign(STATES.u, "no function was found")))),
      table("Signatures", ["C#", "Passed as", "C++"], details.values.map(([type, its, passed, cxx, cxxName], i) =>
        cells(value([type, its], i === 0), passed ? code(passed) : "", value([cxx, cxxName], i === 0)))),
      el("h3", {}, "Targets"), states(letters, details.why),
      details.findings ? [el("h3", {}, "Findings"), ...await Promise.all(details.findings.map((each) => finding(each, false)))] : "",
      details.types ? [el("h3", {}, "Structs that it passes"), el("ul", { class: "code" }, await Promise.all(details.types.map(async (each) =>
        el("li", {}, link((await row("types", each))[0], "/struct/" + each)))))] : "");
  }

  function bridges(query) {
    if (!data.bridges) return missing();
    const { functions, sharing, growth } = data.bridges;
    const structLines = el("div", {});
    const intro = [
      sharing.length ? table("Functions that the " + plural(functions, "row") + " of m2n, n2m and adjust need, if they share them", ["Target", "#Functions", "#Share of the rows"],
        sharing.map(([name, count]) => cells(name, count, functions ? Math.round(100 * count / functions) + " %" : "")), "plain") : "",
      growth?.rounds?.length ? table("Growth by following generic methods", ["#Round", "#Instances", "#Rows"],
        growth.rounds.map(({ instances, rows }, i) => cells(i, instances, rows)), "plain") : "",
      growth?.causes?.length ? table("What the rows after the first round come from", ["Method", "#Rows", "#First round", "#Last round"],
        growth.causes.slice(0, 50).map((each) => cells(code(each.method), each.rows, each.first_round, each.last_round))) : "",
      data.tables["bridge-structs"]?.rows ? el("p", {}, viewLink("Structs of the bridges, by the rows that pass them", "bridge-structs")) : "",
      structLines,
    ];
    return list({
      title: "Bridges of HybridCLR", view: "bridges", rows: "bridges", query, intro,
      filters: (q) => [select("table", "Table", ["m2n", "n2m", "adjust", "reverse", "call"].map((each) => [each, each]), q)],
      heads: ["Table", "Key", "#Users", "Needed by"],
      matches: ([table, key, , users], wanted, search) =>
        (!search || key.toLowerCase().includes(search) || users.some((each) => each.toLowerCase().includes(search))) &&
        (!wanted.get("table") || table === wanted.get("table")),
      display: ([table, key, count, users]) => cells(table, code(key), count,
        el("details", {}, el("summary", {}, code(users[0] ?? "reserved")), el("ul", {}, users.slice(1).map((each) => el("li", {}, code(each))), count > users.length ? el("li", {}, "and " + (count - users.length) + " more") : ""))),
    });
  }

  function bridgeStructs(query) {
    if (!data.tables["bridge-structs"]) return missing();
    return list({
      title: "Structs of the bridges", view: "bridge-structs", rows: "bridge-structs", query,
      filters: () => [],
      heads: ["Struct", "Token", "#Rows", "Fields"],
      matches: ([name, assembly, token], _, search) => !search || [name, assembly, token].some((each) => each.toLowerCase().includes(search)),
      display: ([name, assembly, token, rows, fields]) => cells([code(name), el("div", { class: "dim" }, assembly)],
        viewLink(token, "bridges", { q: token }), rows, el("ul", {}, fields.map((each) => el("li", {}, code(each))))),
    });
  }

  function missing() {
    show("Not found", el("p", {}, "This report has no such entry. ", viewLink("Overview", "overview")));
  }

  //--- Addresses

  const VIEWS = {
    overview: ["Overview", overview],
    bindings: ["Bindings", bindings],
    findings: ["Findings", findings],
    causes: ["Root causes", causes],
    structs: ["Structs", structs],
    bridges: ["Bridges", bridges],
    "bridge-structs": [undefined, bridgeStructs],
  };

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** "#/VIEW?filters", "#/struct/N", or "#Ns.Type::Method" with or without parameters. */
  async function route() {
    const hash = location.hash.slice(1);
    if (hash === "main") return;
    say("");
    const [path, query] = hash.split("?", 2);
    const [, view, number] = path.split("/");
    const isView = hash === "" || (path.startsWith("/") && !decoded(path).includes("::"));
    const current = isView ? (view === "struct" ? "structs" : view || "overview") : "bindings";
    document.getElementById("views").replaceChildren(el("ul", {}, Object.entries(VIEWS)
      .filter(([name, [title]]) => title && (name !== "bridges" || data.bridges))
      .map(([name, [title]]) => el("li", {}, el("a", { href: "#/" + name, "aria-current": name === current ? "page" : undefined }, title)))));
    try {
      if (isView && view === "struct") await struct(Number(number));
      else if (isView) await (Object.hasOwn(VIEWS, view || "overview") ? VIEWS[view || "overview"][1] : missing)(new URLSearchParams(query));
      else {
        const found = await named(decoded(hash));
        if (found.length === 1) await binding(found[0]);
        else if (found.length > 1)
          show("Overloads", el("ul", { class: "code" }, await Promise.all(found.map(async (each) => el("li", {}, bindingLink((await row("bindings", each))[0]))))));
        else missing();
      }
    } catch (problem) {
      show("Not readable", el("p", {}, problem.message + ". Copy the whole folder of the report, or write it again."));
    }
    document.body.dataset.shown = hash;
  }

  addEventListener("hashchange", async () => {
    await route();
    // After following a link, reading continues at the title.
    document.getElementById("title")?.focus();
    scrollTo(0, 0);
  });
  addEventListener("keydown", (event) => {
    if (event.target.matches?.("input, select, textarea") || event.ctrlKey || event.altKey || event.metaKey) return;
    const press = (text) => [...document.querySelectorAll(".pages button")].find((each) => each.textContent === text)?.click();
    if (event.key === "/") {
      event.preventDefault();
      const search = document.querySelector("input[type=search]");
      if (search) search.focus();
      else location.hash = "#/bindings";
    } else if (event.key === "n") press("Next page");
    else if (event.key === "p") press("Previous page");
  });

  const first = document.createElement("script");
  first.src = "data/index.js";
  first.onerror = () => show("Not readable", el("p", {}, "data/index.js cannot be read. Copy the whole folder of the report, or write it again."));
  document.head.append(first);

  return {
    index(content) {
      data = content;
      document.getElementById("footer").replaceChildren("Written by " + data.program + ". Keys: / searches, n and p turn pages.");
      route();
    },
    rows(table, number, rows) {
      waiting[table + "-" + number]?.(rows);
    },
  };
})();
