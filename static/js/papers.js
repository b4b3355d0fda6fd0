// Sending pages of papers: each file by itself, from the last byte that arrived, whatever the connection does. Optional:
// without it the same form is sent whole. All words come from the server, in attributes.

const MEGA = 1e6, PIECE = 1024 * 1024, EVERY = 2000, QUIET = 10 * 60 * 1000;
const SECOND = 1000;
// About twenty minutes of tries after the last byte that went through: a tunnel, a lift, a dead spot.
const TRIES = [0, 1, 2, 4, 8, 15, ...Array(60).fill(20)].map((seconds) => seconds * SECOND);

const form = document.querySelector("form[data-upload]");
const box = document.querySelector("[data-state]");
const sends = new Set();
// Such characters turn a file's name around on the screen.
const TURNING = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function begin() {
  const list = form.querySelector("[data-sends-list]"), row = form.querySelector("template[data-row]");
  const words = form.dataset, number = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const mega = (bytes) => number.format(bytes / MEGA);
  form.classList.add("is-live");
  form.querySelector("[data-plain]").hidden = true;
  for (const input of form.querySelectorAll("input[type=file]")) {
    const take = () => {
      const files = [...input.files];
      input.value = ""; // so that the same file can be chosen again
      files.forEach(add);
    };
    input.addEventListener("change", take);
    take(); // on a slow connection somebody has chosen before this script was there
  }
  addEventListener("online", () => sends.forEach((send) => send.state === "lost" && send.again()));
  addEventListener("beforeunload", (event) => { if ([...sends].some((send) => send.state === "sends")) event.preventDefault(); });

  function add(file) {
    const item = row.content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(`[data-${name}]`), bar = item.querySelector("progress"), name = file.name.replace(TURNING, "");
    const send = { state: "waits", id: "", url: "", print: "", item, upload: null, start, again };
    part("name").textContent = name;
    bar.setAttribute("aria-label", name);
    list.hidden = false;
    list.append(item);
    sends.add(send);
    part("pause").onclick = () => { if (send.upload) send.upload.abort(); show("paused"); next(); };
    part("resume").onclick = again;
    part("cancel").onclick = () => { drop(); if (send.upload) send.upload.abort(Boolean(send.upload.url)).catch(() => {}).then(refresh); next(); };
    if (file.size === 0) show("empty");
    else if (file.size > Number(words.most)) show("large");
    else { show("waits"); next(); }
    judge(file, part("hint"));

    function show(state, words_ = words[state]) {
      if (send.state !== state || !part("says").textContent) part("says").textContent = words_;
      if (send.state !== state && state !== "sends") part("loud").textContent = `${name} : ${words_}`; // bytes are not read aloud
      send.state = state;
      const over = ["empty", "large", "many", "failed", "already", "received"].includes(state);
      bar.hidden = over;
      part("pause").hidden = over || !["sends", "lost"].includes(state);
      part("resume").hidden = !["paused", "stopped", "ended"].includes(state);
      part("cancel").hidden = state === "received";
      if (over) part("cancel").textContent = words.away; // nothing is under way that could be called off
    }

    function again() {
      show("waits");
      if (send.upload) { send.upload.abort(); send.upload = null; }
      next();
    }

    function drop() {
      send.state = "gone";
      sends.delete(send);
      item.remove();
      list.hidden = !list.children.length;
    }

    async function start() {
      show("sends", words.sends.replace("{done}", mega(0)).replace("{total}", mega(file.size)));
      const fingerprint = await printOf(file), title = form.elements.title && form.elements.title.value.trim();
      const metadata = { filename: name, fingerprint };
      if (words.key) metadata.key = words.key;
      if (words.document) metadata.document = words.document;
      if (title !== undefined) metadata.title = title; // an empty one too: pages that nobody named stay together
      if (send.state !== "sends") return;
      send.print = fingerprint && `${fingerprint} ${title || ""}`;
      const twin = [...sends].find((one) => one !== send && one.print && one.print === send.print && ["received", "paused", "stopped", "ended"].includes(one.state));
      if (twin && ["stopped", "ended"].includes(twin.state)) { drop(); twin.again(); return; } // its words ask to choose it again
      if (!send.url && (twin || there(fingerprint, title || ""))) { show("already"); next(); return; }
      send.upload = new window.tus.Upload(file, {
        endpoint: words.upload, uploadUrl: send.url || begun(fingerprint), metadata, chunkSize: PIECE, retryDelays: TRIES,
        headers: { "X-CSRFToken": form.elements.csrf_token.value },
        storeFingerprintForResuming: false, removeFingerprintOnSuccess: false, urlStorage: nowhere, fingerprint: async () => fingerprint,
        onUploadUrlAvailable() { note(send); },
        onProgress(done, total) {
          if (send.state === "paused") return;
          show("sends", "");
          bar.value = 100 * done / total;
          part("says").textContent = words.sends.replace("{done}", mega(done)).replace("{total}", mega(total));
        },
        onShouldRetry(error) {
          const status = error.originalResponse ? error.originalResponse.getStatus() : 0;
          const goesOn = status === 0 || status >= 500 || [409, 423, 429, 460].includes(status);
          if (goesOn && send.state !== "paused") show("lost");
          return goesOn;
        },
        onSuccess() { note(send); show("received"); refresh(); next(); done(); },
        onError(error) {
          const status = error.originalResponse ? error.originalResponse.getStatus() : 0;
          const state = status === 413 ? "many" : [401, 403].includes(status) ? "ended" : status === 0 || status >= 500 ? "stopped" : "failed";
          show(state, (status === 413 && error.originalResponse.getBody().trim()) || words[state]); // the server says which limit
          next();
        },
      });
      send.upload.start();
    }
  }

  // One at a time, in the order in which they were chosen: pages stand in the order in which their files arrive.
  function next() {
    if ([...sends].some((send) => ["sends", "lost"].includes(send.state))) return;
    const first = [...sends].find((send) => send.state === "waits");
    if (first) first.start();
  }

  function done() {
    if ("reload" in words && [...sends].every((send) => send.state === "received")) location.reload();
  }

  async function judge(file, place) {
    if (!file.type.startsWith("image/")) return;
    try {
      const { flawOf } = await import(words.judge);
      const flaw = await flawOf(file);
      if (flaw) { place.textContent = words[flaw]; place.hidden = false; }
    } catch { /* a hint that cannot be given is no hint */ }
  }
}

// Nothing is kept in the browser: a shared machine must not tell the next person what was sent.
const nowhere = {
  findAllUploads: async () => [], findUploadsByFingerprint: async () => [], removeUpload: async () => {}, addUpload: async () => null,
};

async function printOf(file) {
  if (!window.crypto || !crypto.subtle) return "";
  const bytes = new TextEncoder().encode(`${file.name}\n${file.size}\n${file.lastModified}`);
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Where an unfinished file of the same name, size and time goes on; the server has listed it on this page.
function begun(fingerprint) {
  const busy = new Set([...sends].map((send) => send.id));
  const found = fingerprint && [...document.querySelectorAll("[data-fingerprint]")].find(
    (one) => one.dataset.fingerprint === fingerprint && !busy.has(one.dataset.file));
  return found ? found.dataset.url : null;
}

// Whether the server has listed it on this page as a whole file of the same paper, and as one that is good.
function there(fingerprint, title) {
  return Boolean(fingerprint) && [...document.querySelectorAll("[data-sent]")].some(
    (one) => one.dataset.sent === fingerprint && (one.dataset.titled || "") === title);
}

function note(send) {
  send.url = send.upload.url || "";
  send.id = send.url.split("/").pop();
  tidy();
}

// A file that this page sends stands in its own row; once the server's list has it as received, only there.
function tidy() {
  if (!box) return;
  for (const send of [...sends]) {
    const listed = send.id && box.querySelector(`[data-file="${CSS.escape(send.id)}"]`);
    if (send.state === "received" && send.id && !send.listed && listed) { send.listed = true; setTimeout(() => { sends.delete(send); send.item.remove(); tidy(); }, SECOND); }
    if (listed) listed.hidden = !send.listed;
  }
  box.querySelectorAll("[data-again]").forEach((link) => { link.hidden = Date.now() - changed < QUIET; });
}

let version = "", asking = false, changed = Date.now();

function watch() {
  version = shown().version;
  tidy();
  setInterval(() => {
    if (Date.now() - changed > QUIET) tidy(); // it asks no more: a page left open keeps no visit alive
    if (document.hidden || Date.now() - changed > QUIET) return;
    if (box.querySelector("[data-waiting]") || "always" in box.dataset) refresh();
  }, EVERY);
}

function shown() {
  return (box.firstElementChild || box).dataset;
}

async function refresh() {
  if (!box || asking) return;
  asking = true;
  try {
    const answer = await fetch(box.dataset.state, { headers: { "If-None-Match": `"${version}"` }, redirect: "error" });
    if (answer.status !== 200) return;
    const text = await answer.text();
    const part = new DOMParser().parseFromString(text, "text/html").querySelector("[data-state]"); // where a whole page came
    if (part && part.firstElementChild.dataset.version === version) return;
    // Somebody is in the middle of something there: it comes with the next question.
    if (box.contains(document.activeElement) || box.querySelector("details[open]")) return;
    const said = shown().said;
    box.innerHTML = part ? part.innerHTML : text;
    version = shown().version;
    changed = Date.now();
    tidy();
    const place = document.querySelector("[data-state-said]");
    if (place && shown().said !== said) place.textContent = shown().said;
  } catch { /* the connection is away: the next one asks again */ } finally {
    asking = false;
  }
}

if (form && window.tus && window.tus.isSupported) begin();
if (box) watch();
