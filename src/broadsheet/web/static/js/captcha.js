// Solves a form's challenge while it is filled in, so that nobody is asked anything. Without script, or where it
// fails, the question in words stays.
const SECONDS_ON = 540_000; // a solution that waits longer than this is made anew: challenges end after ten minutes

class CaptchaProof extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.field = this.querySelector("[data-captcha-solution]");
    this.question = this.querySelector("[data-captcha-question]");
    this.state = this.querySelector("[data-captcha-state]");
    if (!this.form || !this.field || !crypto.subtle || !window.Worker) return;
    if (!this.dataset.wrong) this.ask(false);
    this.begin = () => this.solve();
    this.form.addEventListener("focusin", this.begin, { once: true });
    this.form.addEventListener("pointerdown", this.begin, { once: true });
    this.hold = (event) => this.holdBack(event);
    document.addEventListener("submit", this.hold, true);
  }

  disconnectedCallback() {
    document.removeEventListener("submit", this.hold, true);
    this.worker?.terminate();
  }

  ask(shown) {
    this.question.hidden = !shown;
    this.question.querySelector("input").required = shown;
  }

  // Resolves when the field holds a solution, or the question is shown instead.
  solve() {
    if (this.field.value && Date.now() - this.solvedAt < SECONDS_ON) return Promise.resolve();
    this.running ??= this.work()
      .then((payload) => {
        this.field.value = payload;
        this.solvedAt = Date.now();
      })
      .catch(() => this.ask(true))
      .finally(() => {
        this.running = undefined;
      });
    return this.running;
  }

  async work() {
    const answer = await fetch(this.getAttribute("challenge"), { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no challenge");
    const challenge = await answer.json();
    this.worker ??= new Worker(this.getAttribute("worker"), { type: "module" });
    const solution = await new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }) => (data ? resolve(data) : reject(new Error("unsolved")));
      this.worker.onerror = reject;
      this.worker.postMessage(challenge.parameters);
    });
    return btoa(JSON.stringify({ challenge, solution }));
  }

  async holdBack(event) {
    if (event.target !== this.form || !this.question.hidden) return;
    if (this.field.value && Date.now() - this.solvedAt < SECONDS_ON) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.state.hidden = false;
    await this.solve();
    this.state.hidden = true;
    if (this.field.value) this.form.requestSubmit(event.submitter ?? undefined);
    else this.question.querySelector("input").focus();
  }
}

if (!customElements.get("captcha-proof")) customElements.define("captcha-proof", CaptchaProof);
