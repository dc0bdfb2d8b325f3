// Measures a page in a frame of a given width: texts that overlap, are cut or lie outside, and contrasts
// below WCAG 2.2 AA. The outcome, a list of complaints, becomes the text of #result.
"use strict";

function check(frame) {
  const view = frame.contentWindow;
  const page = frame.contentDocument;
  const complaints = [];
  for (const details of page.querySelectorAll("details")) details.open = true;
  // Tall enough for all of it to be within the view, where what lies under a point can be asked for.
  frame.style.height = page.documentElement.scrollHeight + 50 + "px";

  const isShown = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && view.getComputedStyle(node).visibility === "visible";
  };
  const name = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 60));

  // Every run of text with the boxes of its lines.
  const runs = [];
  const walker = page.createTreeWalker(page.body, view.NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.nodeValue.trim() || !isShown(parent) || parent.closest("title,desc,style")) continue;
    const range = page.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 0.5) runs.push({ parent, text: node.nodeValue, box });
    }
  }

  // Words of tables and headings that go on in the next line without a hyphen.
  for (const cell of page.querySelectorAll("th,td,h1,h2,h3")) {
    for (const node of cell.childNodes) {
      if (node.nodeType !== 3) continue;
      for (const word of node.nodeValue.matchAll(/[^\s\/–-]+/g)) {
        const range = page.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) complaints.push(`broken: ${name(word[0])}`);
      }
    }
  }

  const width = view.innerWidth;
  if (page.documentElement.scrollWidth > width) {
    complaints.push(`the page is ${page.documentElement.scrollWidth} wide in a window of ${width}`);
  }
  for (const run of runs) {
    const inTable = run.parent.closest(".scroll");
    if (!inTable && (run.box.right > width + 0.5 || run.box.left < -0.5)) {
      complaints.push(`outside the window: ${name(run.text)}`);
    }
    const drawing = run.parent.closest("svg");
    if (drawing) {
      const frame = drawing.getBoundingClientRect();
      if (run.box.left < frame.left - 0.5 || run.box.right > frame.right + 0.5
          || run.box.top < frame.top - 1 || run.box.bottom > frame.bottom + 1) {
        complaints.push(`cut by its drawing: ${name(run.text)}`);
      }
    }
    for (let box = run.parent; box && box !== page.body && !drawing; box = box.parentElement) {
      const style = view.getComputedStyle(box);
      if (style.overflowX === "hidden" && box.scrollWidth > box.clientWidth + 1) {
        complaints.push(`cut by its box: ${name(run.text)}`);
      }
    }
  }

  // A pixel of overlap is the air that fonts leave around letters.
  const sorted = [...runs].sort((a, b) => a.box.top - b.box.top);
  for (let i = 0; i < sorted.length; i++) {
    const a = sorted[i];
    for (let j = i + 1; j < sorted.length && sorted[j].box.top < a.box.bottom - 3; j++) {
      const b = sorted[j];
      if (a.parent === b.parent && a.text === b.text) continue;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      const table = a.parent.closest(".scroll");
      if (table !== b.parent.closest(".scroll")) continue;
      if (across > 1 && down > 3) complaints.push(`overlap: ${name(a.text)} and ${name(b.text)}`);
    }
  }

  // Contrast.
  const colour = (text) => {
    const parts = text.match(/[\d.]+/g);
    if (!parts || !text.startsWith("rgb")) return null;
    const [r, g, b, a = 1] = parts.map(Number);
    return { r, g, b, a };
  };
  const over = (top, bottom) => ({
    r: top.r * top.a + bottom.r * (1 - top.a), g: top.g * top.a + bottom.g * (1 - top.a),
    b: top.b * top.a + bottom.b * (1 - top.a), a: 1,
  });
  const luminance = (c) => {
    const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
  };
  const ground = (x, y, self) => {
    const layers = [];
    for (const node of page.elementsFromPoint(x, y)) {
      if (node === self || node.tagName === "text" || node.tagName === "line") continue;
      const style = view.getComputedStyle(node);
      const isShape = node instanceof view.SVGElement && node.tagName !== "svg";
      const paint = colour(isShape ? style.fill : style.backgroundColor);
      if (!paint) continue;
      paint.a *= Number(style.opacity) * (isShape ? Number(style.fillOpacity) : 1);
      if (paint.a > 0) layers.push(paint);
      if (paint.a === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  let least = 99;
  for (const run of runs) {
    if (run.parent.closest(".scroll") && run.box.right > width) continue;
    const style = view.getComputedStyle(run.parent);
    const ink = colour(run.parent.tagName === "text" ? style.fill : style.color);
    const y = (run.box.top + run.box.bottom) / 2;
    for (const x of [run.box.left + 1, (run.box.left + run.box.right) / 2, run.box.right - 1]) {
      const below = ground(x, y, run.parent);
      const [light, dark] = [luminance(over(ink, below)), luminance(below)].sort((a, b) => b - a);
      const contrast = (light + 0.05) / (dark + 0.05);
      least = Math.min(least, contrast);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (contrast < (isLarge ? 3 : 4.5)) {
        complaints.push(`contrast ${contrast.toFixed(2)}: ${name(run.text)}`);
        break;
      }
    }
  }
  const drawings = [...page.querySelectorAll("svg")].filter(isShown).length;
  return { texts: runs.length, drawings, least, complaints: [...new Set(complaints)] };
}

window.addEventListener("load", () => {
  let outcome;
  try {
    outcome = check(document.querySelector("iframe"));
  } catch (error) {
    outcome = { texts: 0, drawings: 0, least: 0, complaints: [String(error)] };
  }
  document.querySelector("#result").textContent = JSON.stringify(outcome);
});
