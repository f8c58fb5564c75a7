// The focal point of a picture: a box drawn over it, by pointer or keyboard, kept in four hidden fields.

const LEAST = 8; // pixels of the screen: a shorter stroke is a click, which puts a small box there

class Focal {
  constructor(box) {
    this.stage = box.querySelector("[data-stage]");
    this.size = [Number(box.dataset.pictureWidth), Number(box.dataset.pictureHeight)];
    this.fields = ["x", "y", "width", "height"].map((name) => document.querySelector(`input.focal_point_${name}`));
    this.said = box.querySelector("[data-said]");
    this.frame = this.make(box);
    this.stage.append(this.frame);
    this.stage.addEventListener("pointerdown", (event) => this.draw(event));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    box.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    this.show();
  }

  make(box) {
    const frame = document.createElement("div");
    frame.className = "desk-crop__frame";
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-labelledby", box.getAttribute("aria-labelledby"));
    frame.setAttribute("aria-describedby", "focal-help");
    return frame;
  }

  // The box as left, top, width and height in source pixels; without a focal point, the middle of the picture.
  get rect() {
    const [x, y, width, height] = this.fields.map((field) => Number(field.value));
    if (!this.chosen) return [this.size[0] * 0.4, this.size[1] * 0.4, this.size[0] * 0.2, this.size[1] * 0.2];
    return [x - width / 2, y - height / 2, width, height];
  }

  get chosen() {
    return this.fields.every((field) => field.value !== "");
  }

  choose(left, top, width, height) {
    const [most, high] = this.size;
    const w = Math.min(Math.max(1, width), most);
    const h = Math.min(Math.max(1, height), high);
    const x = Math.min(Math.max(left, 0), most - w) + w / 2;
    const y = Math.min(Math.max(top, 0), high - h) + h / 2;
    [x, y, w, h].forEach((value, place) => {
      this.fields[place].value = String(Math.round(value));
    });
    this.fields[0].dispatchEvent(new Event("change", { bubbles: true }));
    this.show();
  }

  clear() {
    for (const field of this.fields) field.value = "";
    this.fields[0].dispatchEvent(new Event("change", { bubbles: true }));
    this.show();
    this.tell();
  }

  draw(event) {
    event.preventDefault();
    this.frame.focus({ preventScroll: true });
    this.stage.setPointerCapture(event.pointerId);
    const seen = this.stage.getBoundingClientRect();
    const scale = this.size[0] / seen.width;
    const at = (now) => [(now.clientX - seen.left) * scale, (now.clientY - seen.top) * scale];
    const [x0, y0] = at(event);
    const stretch = (now) => {
      const [x, y] = at(now);
      const few = LEAST * scale;
      if (Math.abs(x - x0) < few && Math.abs(y - y0) < few) this.choose(x0 - few * 2, y0 - few * 2, few * 4, few * 4);
      else this.choose(Math.min(x, x0), Math.min(y, y0), Math.abs(x - x0), Math.abs(y - y0));
    };
    const end = (now) => {
      stretch(now);
      this.stage.removeEventListener("pointermove", stretch);
      this.tell();
    };
    this.stage.addEventListener("pointermove", stretch);
    this.stage.addEventListener("pointerup", end, { once: true });
  }

  key(event) {
    const [left, top, width, height] = this.rect;
    const step = Math.max(1, this.size[0] / (event.shiftKey ? 20 : 200));
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const move = moves[event.key];
    if (move) this.choose(left + move[0], top + move[1], width, height);
    else if (event.key === "+" || event.key === "=") this.choose(left - step, top - step, width + 2 * step, height + 2 * step);
    else if (event.key === "-" || event.key === "−") this.choose(left + step, top + step, width - 2 * step, height - 2 * step);
    else if (event.key === "Delete" || event.key === "Backspace") this.clear();
    else return;
    event.preventDefault();
    this.tell();
  }

  show() {
    const [left, top, width, height] = this.rect;
    Object.assign(this.frame.style, {
      left: `${(100 * left) / this.size[0]}%`,
      top: `${(100 * top) / this.size[1]}%`,
      width: `${(100 * width) / this.size[0]}%`,
      height: `${(100 * height) / this.size[1]}%`,
    });
    this.frame.dataset.chosen = this.chosen ? "yes" : "no";
  }

  tell() {
    const [x, y, width, height] = this.fields.map((field) => field.value);
    const words = this.chosen ? this.said.dataset.words : this.said.dataset.none;
    this.said.textContent = words.replace(/%\((\w+)\)s/g, (_all, name) => ({ x, y, width, height })[name]);
  }
}

const box = document.querySelector("[data-focal]");
if (box) new Focal(box);
