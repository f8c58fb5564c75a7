// The picture of the week follows the days and times that are filled in for a rule.

const figure = document.querySelector("[data-week]");
const form = figure?.closest("form");
const DAY = 1440;

function minutes(name) {
  const [hours, rest] = (form.elements[name]?.value ?? "").split(":");
  return rest === undefined ? null : Number(hours) * 60 + Number(rest);
}

// The stretches in which the rule holds: the day, and the minutes from which and to which.
function spans() {
  const ticked = [...form.querySelectorAll("input[name=weekdays]:checked")].map((box) => Number(box.value));
  const days = ticked.length ? ticked : [0, 1, 2, 3, 4, 5, 6];
  const begins = minutes("begins");
  const ends = minutes("ends");
  if (begins === null || ends === null) return days.map((day) => [day, 0, DAY]);
  if (begins < ends) return days.map((day) => [day, begins, ends]);
  return days.flatMap((day) => [[day, begins, DAY], [(day + 1) % 7, 0, ends]]);
}

function draw() {
  for (const line of figure.querySelectorAll("[data-day]")) line.replaceChildren();
  for (const [day, begins, ends] of spans()) {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x: begins, y: 0, width: ends - begins, height: 20 })) rect.setAttribute(name, value);
    figure.querySelector(`[data-day="${day}"]`).append(rect);
  }
}

if (form) {
  form.addEventListener("input", draw);
  draw();
}
