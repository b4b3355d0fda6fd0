/* Reading a chapter aloud, with a voice of the device itself: no word of it leaves the device (localService). Where there is
   no such voice for the language of the page, nothing shows. */
const box = document.querySelector("[data-listen]");
const speech = window.speechSynthesis;

/** The device's own voice for a language; undefined where it has none. */
const voiceFor = (language) => speech.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === language);

if (box && speech) {
  const button = box.querySelector("button");
  const label = button.querySelector("span");
  const start = label.innerHTML;
  const language = document.documentElement.lang;
  let speaking = false;

  /** The paragraphs in the page's own language: neither what stands beside in another one, nor the sources. */
  const parts = () => [...document.querySelectorAll(`${box.dataset.listen} .said > p, ${box.dataset.listen} .said li`)].map((element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".beside-other").forEach((other) => other.remove());
    return copy.textContent.trim();
  }).filter(Boolean);

  const rest = () => { speaking = false; label.innerHTML = start; };

  button.addEventListener("click", () => {
    speech.cancel();
    if (speaking) { rest(); return; }
    const voice = voiceFor(language);
    if (!voice) { box.hidden = true; return; }
    speaking = true;
    label.textContent = box.dataset.stop;
    const texts = parts();
    texts.forEach((text, place) => {
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice;
      words.lang = voice.lang;
      words.rate = 0.95;
      if (place === texts.length - 1) words.onend = () => { if (speaking) rest(); };
      words.onerror = rest;
      speech.speak(words);
    });
  });

  const offer = () => { box.hidden = !voiceFor(language); };
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => speech.cancel());
}
