// Frames over a picture, one for each ratio: dragged with the pointer, moved with the keyboard, kept in four fields.

const LEAST = 32;

class Crop {
  constructor(box) {
    this.box = box;
    this.size = [Number(box.dataset.pictureWidth), Number(box.dataset.pictureHeight)];
    this.shape = Number(box.dataset.wide) / Number(box.dataset.high);
    this.fields = [...box.querySelectorAll("input[type=number]")];
    this.stage = box.querySelector("[data-stage]");
    this.said = box.querySelector("[data-said]");
    this.chosen = this.fields.every((field) => field.value !== "");
    this.corners = this.chosen ? this.fields.map((field) => Number(field.value)) : this.standard();
    this.frame = this.make();
    this.listen();
    this.show();
  }

  standard() {
    return this.box.dataset.shown.split(",").map(Number);
  }

  make() {
    const frame = document.createElement("div");
    frame.className = "desk-crop__frame";
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", this.box.querySelector("legend").textContent);
    const grip = document.createElement("span");
    grip.className = "desk-crop__grip";
    frame.append(grip);
    this.stage.append(frame);
    return frame;
  }

  listen() {
    this.frame.addEventListener("pointerdown", (event) => this.drag(event));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    this.box.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    for (const field of this.fields) field.addEventListener("change", () => this.typed());
  }

  drag(event) {
    event.preventDefault();
    this.frame.focus();
    this.frame.setPointerCapture(event.pointerId);
    const scale = this.size[0] / this.stage.clientWidth;
    const start = [event.clientX, event.clientY];
    const before = [...this.corners];
    const resizing = event.target !== this.frame;
    const move = (now) => {
      const by = [(now.clientX - start[0]) * scale, (now.clientY - start[1]) * scale];
      if (resizing) this.resize(before, before[2] - before[0] + by[0]);
      else this.place(before, by[0], by[1]);
    };
    const end = () => {
      this.frame.removeEventListener("pointermove", move);
      this.tell();
    };
    this.frame.addEventListener("pointermove", move);
    this.frame.addEventListener("pointerup", end, { once: true });
    this.frame.addEventListener("pointercancel", end, { once: true });
  }

  key(event) {
    const step = Math.max(1, Math.round(this.size[0] / (event.shiftKey ? 20 : 200)));
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const wide = this.corners[2] - this.corners[0];
    if (moves[event.key]) this.place(this.corners, ...moves[event.key]);
    else if (event.key === "+" || event.key === "=") this.resize(this.corners, wide + 2 * step);
    else if (event.key === "-" || event.key === "−") this.resize(this.corners, wide - 2 * step);
    else if (event.key === "Delete" || event.key === "Backspace") this.clear();
    else return;
    event.preventDefault();
    this.tell();
  }

  place(from, x, y) {
    const wide = from[2] - from[0];
    const high = from[3] - from[1];
    const left = Math.round(Math.min(Math.max(from[0] + x, 0), this.size[0] - wide));
    const top = Math.round(Math.min(Math.max(from[1] + y, 0), this.size[1] - high));
    this.choose([left, top, left + wide, top + high]);
  }

  resize(from, wanted) {
    const most = Math.min(this.size[0] - from[0], (this.size[1] - from[1]) * this.shape);
    const wide = Math.min(Math.max(Math.round(wanted), Math.min(LEAST, most)), Math.floor(most));
    const high = Math.min(Math.max(1, Math.round(wide / this.shape)), this.size[1] - from[1]);
    this.choose([from[0], from[1], from[0] + wide, from[1] + high]);
  }

  choose(corners) {
    this.corners = corners;
    this.chosen = true;
    this.fields.forEach((field, place) => {
      field.value = String(corners[place]);
    });
    this.show();
  }

  clear() {
    this.chosen = false;
    this.corners = this.standard();
    for (const field of this.fields) field.value = "";
    this.show();
  }

  typed() {
    this.chosen = this.fields.every((field) => field.value !== "");
    if (this.chosen) this.corners = this.fields.map((field) => Number(field.value));
    this.show();
  }

  show() {
    const [x0, y0, x1, y1] = this.corners;
    const [wide, high] = this.size;
    Object.assign(this.frame.style, {
      left: `${(100 * x0) / wide}%`,
      top: `${(100 * y0) / high}%`,
      width: `${(100 * (x1 - x0)) / wide}%`,
      height: `${(100 * (y1 - y0)) / high}%`,
    });
    this.frame.dataset.chosen = this.chosen ? "yes" : "no";
  }

  tell() {
    const [x0, y0, x1, y1] = this.corners;
    const values = { x0, y0, x1, y1 };
    this.said.textContent = this.said.dataset.words.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  }
}

for (const box of document.querySelectorAll("[data-crop]")) new Crop(box);
