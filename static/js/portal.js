/* The portal's only script, a module without dependency. Everything works without it: each part below takes up plain HTML
   and makes it nicer, and none may lose what was typed or keep a form from being sent. Words come from data attributes,
   translated by the server. */

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const say = (text, values) => (text || "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

/** An element with properties and children: make("p", {className: "x"}, "text"). */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Set several attributes at once; null removes one. */
function attributes(element, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}

/* (a) Stepper: <form data-stepper data-next data-back data-progress> with <section data-step="name"> parts.
   The place is in the address (#step-name) for the browser's back button, and in the hidden input _step for the server.
   Who came from the check page to change one answer goes straight back there: the final button stands on every part. */
function stepper(form) {
  const steps = all("[data-step]", form);
  if (steps.length < 2) return;
  const finals = all("[data-final]", form);
  const words = form.dataset;
  /* Without an action the browser would send, and keep, the #part of the address: the answer's own _step must win. */
  if (!form.getAttribute("action")) form.action = location.pathname + location.search;
  const place = form.querySelector("input[name=_step]") || form.appendChild(make("input", { type: "hidden", name: "_step" }));
  const text = make("p", { id: `${form.id || "form"}-progress` });
  const dots = steps.map(() => make("li"));
  const bar = make("ol", {}, ...dots);
  attributes(bar, { "aria-hidden": "true" });
  steps[0].before(make("div", { className: "progress" }, text, bar));
  const back = make("button", { type: "button", className: "button button-secondary", textContent: words.back });
  const next = make("button", { type: "button", className: "button button-primary", textContent: words.next });
  (finals.at(-1) || steps.at(-1)).after(make("div", { className: "actions" }, next, back));
  const changing = history.state === "edit";
  let current = -1;

  function show(index, focus) {
    current = Math.max(0, Math.min(index, steps.length - 1));
    steps.forEach((step, number) => { step.hidden = number !== current; });
    dots.forEach((dot, number) => { dot.className = number < current ? "is-done" : number === current ? "is-now" : ""; });
    const last = current === steps.length - 1;
    text.textContent = say(words.progress, { n: current + 1, total: steps.length });
    back.hidden = current === 0;
    next.hidden = last || changing;
    finals.forEach((element) => { element.hidden = !last && !changing; });
    place.value = steps[current].dataset.step;
    if (focus) {
      const heading = steps[current].querySelector("h1, h2, legend") || steps[current];
      heading.tabIndex = -1;
      heading.setAttribute("aria-describedby", text.id);
      heading.focus({ preventScroll: true });
      text.parentElement.scrollIntoView({ block: "start" });
    }
  }
  function go(index) {
    if (index < 0 || index >= steps.length) return;
    /* A field of this part may ask to be looked at first. */
    if (index > current && !steps[current].dispatchEvent(new CustomEvent("onward", { cancelable: true }))) return;
    show(index, true);
    history.pushState(history.state, "", "#" + steps[index].id);
  }
  /** The step that holds the element named by the address, and that element. */
  function fromAddress() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const step = target && target.closest("[data-step]");
    return [step ? steps.indexOf(step) : -1, target];
  }
  function follow() {
    const [index, target] = fromAddress();
    if (index < 0 && location.hash) return;
    show(Math.max(index, 0), !target || target === steps[index]);
    if (index >= 0 && target !== steps[index]) {
      target.focus();
      target.scrollIntoView({ block: "center" });
    }
  }

  back.addEventListener("click", () => go(current - 1));
  next.addEventListener("click", () => go(current + 1));
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
  /* A link to a place in a hidden step opens it, also when the address already names it. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target || !form.contains(target) || !target.closest("[data-step]")) return;
    event.preventDefault();
    if (location.hash !== link.hash) history.pushState(history.state, "", link.hash);
    follow();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || next.hidden) return;
    if (!event.target.matches("input")) return;
    event.preventDefault();
    go(current + 1);
  });

  const wrong = steps.findIndex((step) => step.querySelector("[aria-invalid=true]"));
  const named = steps.findIndex((step) => step.dataset.step === place.value);
  if (wrong >= 0) show(wrong, false);
  else if (fromAddress()[0] >= 0) follow();
  else show(Math.max(named, 0), named > 0);
  /* A page that opens further on has its place in the address too, or the back button would lead to the first part. */
  addEventListener("load", () => { // not before: the browser would take the focus from the error summary to that place
    if (current > 0 && !location.hash) history.replaceState(history.state, "", "#" + steps[current].id);
  });
}

/* (b) Type-ahead: a text box with a list (ARIA 1.2 combobox) in front of <select data-typeahead>, which stays the field
   that is sent. Options may carry data-search (other names, split by "|") and data-always (never filtered out).
   An element around it may bring data-hint and data-unlisted (what to say of a text that names no option), and the form
   a hidden field "<name>_typed", which takes such a text along. */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[-'’.()/,]+/g, " ")
    .replace(/\bste\b/g, "sainte").replace(/\bst\b|\bsankt\b/g, "saint").replace(/\s+/g, " ").trim();
}

function typeahead(select) {
  const words = { ...select.closest("[data-unlisted]")?.dataset, ...select.dataset };
  const id = select.id;
  const typed = select.form?.elements[`${select.name}_typed`] || make("input");
  const options = all("option", select).filter((option) => option.value).map((option, index) => ({
    option,
    label: option.textContent.trim(),
    own: option.textContent.split("/").map(fold),
    names: [option.textContent, ...(option.dataset.search || "").split("|")].map(fold).filter(Boolean),
    always: "always" in option.dataset,
    row: attributed(make("li", { id: `${id}-option-${index}`, textContent: option.textContent.trim() }), { role: "option" }),
  }));
  function attributed(element, values) { attributes(element, values); return element; }
  const list = attributed(make("ul", { id: `${id}-list`, className: "combo-list", hidden: true }), { role: "listbox" });
  const status = attributed(make("p", { id: `${id}-status`, className: "combo-status" }), { role: "status" });
  const opener = attributed(make("button", { type: "button", className: "combo-open", tabIndex: -1 }), { "aria-label": words.open });
  opener.innerHTML = '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="m6 9.5 6 6 6-6"/></svg>';
  const input = attributed(make("input", { type: "text", autocomplete: "off", spellcheck: false, placeholder: words.empty || "" }), {
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  });
  if (select.hasAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
  if (label) { label.id ||= `${id}-label`; list.setAttribute("aria-labelledby", label.id); }
  const hint = make("p", { id: `${id}-typing`, className: "hint", textContent: words.hint || "" });
  if (words.hint) (label || select).after(hint);
  input.setAttribute("aria-describedby", [words.hint && hint.id, select.getAttribute("aria-describedby"), status.id].filter(Boolean).join(" "));
  /* The box takes over the id: label and error links now lead to it. */
  select.id = `${id}-native`;
  input.id = id;
  select.hidden = true;
  select.after(make("div", { className: "combo" }, input, opener, list), status);

  let shown = [];
  let active = -1;
  let later;
  let held = "";
  const chosen = () => options.find((entry) => entry.option.value === select.value);
  const open = () => !list.hidden;

  function point(index) {
    shown[active]?.row.setAttribute("aria-selected", "false");
    active = index;
    const row = shown[active]?.row;
    attributes(input, { "aria-activedescendant": row ? row.id : null });
    if (row) { row.setAttribute("aria-selected", "true"); row.scrollIntoView({ block: "nearest" }); }
  }
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    point(-1);
  }
  /** 0 to 4, the best first: the commune's own names before those of its villages; 5 does not match. */
  function rank({ own, names }, text) {
    const begins = (name) => name.startsWith(text);
    const within = (name) => name.includes(" " + text);
    const order = [own.some(begins), own.some(within), names.some(begins), names.some(within), names.some((name) => name.includes(text))];
    return (order.indexOf(true) + 6) % 6;
  }
  function filter(everything) {
    const text = everything ? "" : fold(input.value);
    const found = options.filter((entry) => !entry.always).map((entry) => [rank(entry, text), entry]).filter(([order]) => order < 5)
      .sort((one, other) => one[0] - other[0]).map(([, entry]) => entry);
    point(-1);
    /* Once something matches, the fixed choices go: a long list must not lie over the page's next button. */
    shown = [...found, ...(text && found.length ? [] : options.filter((entry) => entry.always))];
    list.replaceChildren(...shown.map((entry) => entry.row));
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(open()));
    tell(found.length ? say(words.count, { n: found.length }) : words.none, !found.length);
  }
  function tell(text, none = false) {
    clearTimeout(later);
    status.textContent = text || "";
    status.classList.toggle("is-none", none);
  }
  function put(entry) {
    const value = entry ? entry.option.value : "";
    if (select.value === value) return;
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const unlisted = () => tell(say(words.unlisted || words.none, { name: input.value.trim() }), true);
  function choose(entry) {
    typed.value = "";
    put(entry);
    input.value = entry.label;
    close();
    tell(say(words.chosen, { name: entry.label }));
  }
  /** On leaving the box: a name typed in full counts as chosen; any other text stays, and the page says that it is not in the list. */
  function settle() {
    close();
    const text = fold(input.value);
    if (!text) { put(null); tell(""); return; }
    const exact = options.filter((entry) => entry.names.includes(text));
    const like = options.filter((one) => !one.always && one.names.some((name) => name.startsWith(text)));
    const entry = exact.includes(chosen()) ? chosen() : exact.length === 1 ? exact[0] : like.length === 1 ? like[0] : null;
    if (entry) choose(entry);
    else {
      put(null);
      /* A little later: the button that is being pressed must not move away under the finger. */
      later = setTimeout(unlisted, 200);
    }
  }
  /** On going on: a text that names no option holds the person up once, and never a second time. */
  function hold(event) {
    if (event.submitter?.formNoValidate || input.closest("[hidden]")) return;
    settle();
    if (chosen() || !fold(input.value) || held === input.value) return;
    held = input.value;
    event.preventDefault();
    tell(""); // said anew, so that a screen reader reads it again
    later = setTimeout(unlisted, 50);
    input.scrollIntoView({ block: "center" });
  }

  input.addEventListener("input", () => { typed.value = input.value; filter(false); });
  select.closest("[data-step]")?.addEventListener("onward", hold);
  select.form?.addEventListener("submit", hold);
  input.addEventListener("click", () => { if (!open()) filter(Boolean(chosen())); });
  input.addEventListener("blur", settle);
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!open()) filter(Boolean(chosen()));
      else if (shown.length) {
        const from = active < 0 && key === "ArrowUp" ? 0 : active;
        point((from + (key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
      }
    } else if (key === "Enter" && open()) {
      event.preventDefault();
      if (active >= 0) choose(shown[active]);
      else settle();
    } else if (key === "Tab" && active >= 0) {
      choose(shown[active]);
    } else if (key === "Escape" && open()) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const entry = shown.find(({ row }) => row === event.target.closest("li"));
    if (entry) choose(entry);
  });
  opener.addEventListener("pointerdown", (event) => event.preventDefault());
  opener.addEventListener("click", () => { if (open()) close(); else { input.focus(); filter(true); } });
  /* What the server or the browser's back button put into the select shows in the box. */
  const read = () => {
    const entry = chosen();
    if (entry) input.value = entry.label;
    else if (fold(typed.value)) { input.value = typed.value; unlisted(); }
  };
  read();
  addEventListener("pageshow", read);
}

/* (c) <form data-busy="One moment…">: a second click on the same button within 8 seconds is ignored. The server is
   idempotent anyway, so after that time the person may send again. */
function busy(form) {
  let last = null;
  function reset() {
    if (!last) return;
    last.button.removeAttribute("aria-disabled");
    last.label.replaceChildren(...last.was);
    last = null;
  }
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.name === "_switch" || event.defaultPrevented) return;
    if (last?.button === button) { event.preventDefault(); return; }
    reset();
    const label = button.querySelector("span") || button;
    last = { button, label, was: [...label.childNodes] };
    button.setAttribute("aria-disabled", "true");
    label.textContent = form.dataset.busy || "…";
    setTimeout(reset, 8000);
  });
  addEventListener("pageshow", reset);
}

/* (d) [data-shows="field=value"] or "field=one|two": shown while that choice is made. What is hidden keeps its text,
   and a part with an error is never hidden. */
function reveal(block) {
  const [field, values] = block.dataset.shows.split("=");
  const wanted = values.split("|");
  const form = block.closest("form") || document;
  const update = () => {
    const now = all(`[name="${CSS.escape(field)}"]`, form)
      .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked).map((input) => input.value);
    block.hidden = !now.some((value) => wanted.includes(value)) && !block.querySelector("[aria-invalid=true]");
  };
  form.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
}

/* (e) Copy and print buttons, hidden until here. data-print="id" prints only that element. */
function copy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const label = button.querySelector("span") || button;
  const was = [...label.childNodes];
  label.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = button.dataset.copied;
    setTimeout(() => label.replaceChildren(...was), 4000);
  });
}

function printer(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const part = button.dataset.print && document.getElementById(button.dataset.print);
    const others = [];
    for (let node = part; node && node !== document.body; node = node.parentElement) {
      others.push(...[...node.parentElement.children].filter((sibling) => sibling !== node));
    }
    others.forEach((element) => element.setAttribute("data-print-hide", ""));
    if (part) part.setAttribute("data-printing", ""); // shows what the style sheet else leaves out: the access code
    addEventListener("afterprint", () => {
      others.forEach((element) => element.removeAttribute("data-print-hide"));
      if (part) part.removeAttribute("data-printing");
    }, { once: true });
    print();
  });
}

/* On paper the list of a checklist is whole, what is only perhaps wanted included; on the screen it goes back to how it was. */
addEventListener("beforeprint", () => {
  const closed = all("details.maybe:not([open])");
  closed.forEach((row) => { row.open = true; });
  addEventListener("afterprint", () => closed.forEach((row) => { row.open = false; }), { once: true });
});

/* (f) Leave quickly: the page goes blank at once; with data-leave="https://…" that address takes this page's place in the
   history while the session ends in the background. Shift three times does the same as the button. */
function leave(form) {
  const away = form.dataset.leave;
  form.addEventListener("submit", (event) => {
    forget();
    document.documentElement.classList.add("gone-now");
    document.title = "…";
    if (!away) return;
    event.preventDefault();
    const go = () => location.replace(away);
    setTimeout(go, 1500);
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" }).then(go, () => form.submit());
  });
  let times = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { times = []; return; }
    if (event.repeat) return;
    times = [...times.filter((time) => event.timeStamp - time < 1500), event.timeStamp];
    if (times.length > 2) form.requestSubmit();
  });
  addEventListener("pageshow", () => document.documentElement.classList.remove("gone-now"));
}

/* (g) <form data-keep="…">: what was typed stays in this tab, because pages are never stored (no-store) and the back button
   and a reload would bring an empty form. Kept until it is filed, left or signed out, replaced by a new form (which offers it first), or an hour old;
   docs/security.md says what. The value names the page that answered a POST ("form", "edit", "check"); empty after a GET. */
const KEPT = "demand";
const HOUR = 3600000;
const NOT_KEPT = ["csrf_token", "_page", "_step", "checked"];
let forgotten = false;

/** The kept answers as [name, value] pairs, or null. Too old ones go. */
function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEPT));
    if (found && Math.abs(Date.now() - found.at) < HOUR) return found.answers;
    sessionStorage.removeItem(KEPT);
  } catch { /* a browser without storage keeps nothing */ }
  return null;
}

function forget() {
  forgotten = true;
  try { for (const own of [KEPT, ...TRAILS, MEMORY]) sessionStorage.removeItem(own); } catch { /* nothing was kept */ }
}

function keep(form) {
  const answered = form.dataset.keep;
  const returned = ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
  const toCheck = !answered && history.state === "check";
  const answers = returned && answered !== "check" ? kept() : null;
  function save() {
    if (forgotten) return;
    const now = [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));
    try { sessionStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), answers: now })); } catch { /* as without storage */ }
  }

  /* Or the browser would put its own older memory of the fields over these, and bring a filed demand back. The words of the
     fields themselves (name, tel, email) still let it offer what the person has stored there. */
  form.autocomplete = "off";
  /* The browser forgets that this page answered a POST: coming back asks for it anew, instead of «Confirm form resubmission». */
  if (answered) history.replaceState(answered, "", location.href);
  if (answers) restore(form, answers);
  else if (answered) save();
  else offer(form);
  forgotten = false;
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  /* A page that the browser kept whole may be older than its answers, and must not outlive them. */
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    const now = kept();
    if (now && answered !== "check") restore(form, now);
    else {
      forgotten = true; // hiding takes the focus from a field, which would save it
      document.body.hidden = true;
      location.reload();
    }
  });
  /* Back at the check page: it is made from the answers, and takes this page's place in the history. */
  if (toCheck && answers) form.submit();
  else if (toCheck) history.replaceState(null, "", location.href);
}

/** Who comes by a link may want to go on, or may be somebody else: nothing is shown until they say so. */
function offer(form) {
  const box = document.querySelector(`[data-resume="${form.id}"]`);
  if (!box || !kept()) return forget();
  box.hidden = false;
  for (const button of all("[data-again]", box)) {
    button.addEventListener("click", () => {
      if (button.dataset.again === "yes") return location.reload();
      forget();
      forgotten = false;
      box.hidden = true;
    });
  }
  form.addEventListener("input", () => { box.hidden = true; }, { once: true });
}

function restore(form, answers) {
  for (const field of form.elements) {
    if (!field.name || field.type === "submit" || NOT_KEPT.includes(field.name)) continue;
    const values = answers.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (values.length || field.type !== "hidden") field.value = values[0] ?? "";
  }
  /* What came along unseen must be seen again, with its box to leave it out. */
  for (const box of all("[data-attached]", form)) box.hidden = !form.elements[box.dataset.attached]?.value;
}

/* (h) <form data-trail="page" data-trail-of="…">: the pages of the estimate, and of a report, answer POSTs and carry all answers sealed. The tab keeps the last
   sealed text (nobody but the server can read it), so that Back and a reload show the page again instead of an empty one. */
const TRAIL = "estimate";
const TRAILS = [TRAIL, "changes"];
const TRAIL_OWN = ["csrf_token", "_page", "_return", "answers"];
function trail(form) {
  const returned = ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
  const own = form.dataset.trailOf || TRAIL; // reports of a change have a trail of their own
  const answered = form.dataset.trail;
  const page = answered || form.dataset.trailFirst || "home";
  const save = (typed) => {
    if (forgotten) return;
    try {
      sessionStorage.setItem(own, JSON.stringify({ at: Date.now(), answers: form.elements.answers.value, page, typed }));
    } catch { /* a browser without storage keeps nothing */ }
  };
  const typing = () => save([...new FormData(form)].filter(([name]) => !TRAIL_OWN.includes(name)));
  form.addEventListener("input", typing);
  form.addEventListener("change", typing);
  try {
    const found = JSON.parse(sessionStorage.getItem(own));
    const wanted = history.state?.trail;
    if (answered) {
      /* What was typed on this very page and not sent yet comes back with it. */
      if (found?.again && found.page === page && found.typed) {
        restore(form, found.typed);
        save(found.typed);
      } else save();
      history.replaceState({ trail: answered }, "", location.href);
      return;
    }
    if (returned && wanted && found && Date.now() - found.at < HOUR) {
      sessionStorage.setItem(own, JSON.stringify({ ...found, again: true }));
      form.elements.answers.value = found.answers;
      form.append(make("input", { type: "hidden", name: "_show", value: wanted }));
      form.submit();
      return;
    }
    sessionStorage.removeItem(own);
    history.replaceState({ trail: page }, "", location.href);
  } catch { /* a browser without storage keeps nothing */ }
}

/* (k) <form data-memory="name">: what was typed comes back with Back and a reload, in this tab, for an hour; a form of another
   name or one opened anew begins empty. The server keeps nothing of it. */
const MEMORY = "defend";
function memory(form) {
  const name = form.dataset.memory;
  const returned = ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
  form.autocomplete = "off"; // else the browser's own older memory of the fields comes on top
  try {
    const found = JSON.parse(sessionStorage.getItem(MEMORY));
    if (returned && found?.name === name && Date.now() - found.at < HOUR) restore(form, found.answers);
  } catch { /* a browser without storage keeps nothing */ }
  const save = () => {
    if (forgotten) return;
    const answers = [...new FormData(form)].filter(([field]) => !NOT_KEPT.includes(field));
    try { sessionStorage.setItem(MEMORY, JSON.stringify({ at: Date.now(), name, answers })); } catch { /* as above */ }
  };
  for (const event of ["input", "change", "submit"]) form.addEventListener(event, save);
  /* A page that the browser kept whole must not outlive what was forgotten. */
  addEventListener("pageshow", (event) => { if (event.persisted && forgotten) location.reload(); });
}

/* (i) <form data-live="id">: what is typed is sent by itself, and the element with that id takes its new content. */
function live(form) {
  let waiting;
  let latest = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const mine = ++latest;
      const place = document.getElementById(form.dataset.live);
      const only = (text) => place.replaceChildren(make("p", { className: "live-fault", textContent: text }));
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
        if (mine !== latest) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(form.dataset.live);
        if (answer.ok && fresh) place.replaceChildren(...fresh.childNodes);
        else only(answer.status === 422 ? form.dataset.wrong : form.dataset.away);
      } catch {
        if (mine === latest) only(form.dataset.away); // never an old figure beside a new number
      }
    }, 400);
  });
}

/* (j) <form data-save>: what is typed is kept by the server while it is being typed, and the page says so. A failure is loud,
   keeps the text, and is tried again. */
function saver(form) {
  const state = form.querySelector("[data-save-state]");
  const words = form.dataset;
  let waiting;
  let wait = 1500;
  let sent = "";
  const told = () => JSON.stringify([...new FormData(form)].filter(([name]) => !["csrf_token", "seen", "started"].includes(name)));
  function tell(text, loud) {
    state.textContent = text;
    state.classList.toggle("is-loud", loud);
    attributes(state, { role: loud ? "alert" : "status" });
  }
  async function send() {
    const now = told();
    if (now === sent) return;
    tell(words.saving, false);
    try {
      const body = new FormData(form);
      body.append("_typed", "1");
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(10000) });
      if (answer.status === 401) document.dispatchEvent(new CustomEvent("ended"));
      if (answer.status >= 400 && answer.status < 500) { // the connection is there: the page itself says why, once it is sent
        tell(words.refused, true);
        return;
      }
      if (answer.status !== 204) throw new Error("not kept");
      sent = now;
      wait = 1500;
      tell(say(words.saved, { time: new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) }), false);
      document.dispatchEvent(new CustomEvent("stayed"));
    } catch {
      tell(words.unsaved, true);
      wait = Math.min(wait * 2, 30000);
      later();
    }
  }
  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(send, wait);
  }
  form.addEventListener("input", later);
  addEventListener("online", () => {
    if (told() === sent) return;
    wait = 1500;
    later();
  });
  let gone = false; // once the page itself is sent, no late text may follow it
  form.addEventListener("submit", () => { clearTimeout(waiting); gone = true; });
  addEventListener("pageshow", () => { gone = false; });
  /* Leaving the page for another app: phones may end it without a further word. */
  document.addEventListener("visibilitychange", () => {
    if (gone || document.visibilityState !== "hidden" || told() === sent) return;
    const body = new FormData(form);
    body.append("_typed", "1");
    fetch(form.action, { method: "POST", body, keepalive: true }).catch(() => {});
  });
  sent = told();
}

/* (k) <section data-session="seconds">: two minutes before the visit ends the page says so; one key lets it go on. */
const WARNED = 120;
function session(box) {
  const [title, words] = all("p", box);
  const button = box.querySelector("button");
  let timers = [];
  let before = null;
  function start(left = Number(box.dataset.session)) {
    timers.forEach(clearTimeout);
    const back = document.activeElement === button && before;
    box.hidden = true;
    if (back) back.focus(); // on with what one was doing
    timers = [
      setTimeout(() => { box.hidden = false; title.replaceChildren(...words.cloneNode(true).childNodes); button.hidden = false; before = document.activeElement; button.focus(); }, Math.max(0, left - WARNED) * 1000),
      setTimeout(over, left * 1000),
    ];
  }
  function over() {
    box.hidden = false;
    button.hidden = true;
    title.textContent = box.dataset.ended;
  }
  button.addEventListener("click", async () => {
    const body = new FormData();
    body.append("csrf_token", box.querySelector("input").value);
    try {
      const answer = await fetch(box.dataset.url, { method: "POST", body, redirect: "error" });
      if (answer.status === 204) start(Number(answer.headers.get("X-Visit-Left")) || undefined);
      else over();
    } catch { over(); }
  });
  document.addEventListener("stayed", () => start());
  document.addEventListener("ended", over);
  start();
}

/* Menus close on Escape and on a click elsewhere. */
function menu(details) {
  document.addEventListener("click", (event) => { if (!details.contains(event.target)) details.open = false; });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

kept();
setInterval(kept, 60000);
/* One broken part must not take the others with it. What is kept comes first: the others show it. */
for (const [selector, start] of [
  ["[data-forget]", forget], ['form[action$="/sign-out"]', (form) => form.addEventListener("submit", forget)], ["form[data-keep]", keep], ["form[data-trail]", trail], ["form[data-memory]", memory],
  ["[data-leave]", leave], ["[data-menu]", menu], ["[data-shows]", reveal], ["select[data-typeahead]", typeahead],
  ["form[data-stepper]", stepper], ["form[data-busy]", busy], ["form[data-live]", live], ["form[data-save]", saver], ["[data-session]", session], ["[data-copy]", copy], ["[data-print]", printer],
]) {
  for (const element of all(selector)) {
    try { start(element); } catch (error) { console.error(error); }
  }
}
const summary = document.getElementById("error-summary");
if (summary) summary.focus();
