"use strict";
// The page can be read without this: links, folds and switches are HTML and CSS. It lights what a link points at
// before it is followed, all citations of one work together, and leads from one uncertain place to the next.
{
  const at = (id) => (id ? document.getElementById(id) : null);
  const aim = (link) => decodeURIComponent(link.hash.slice(1));
  let lit = [];
  const light = (elements, name) => {
    for (const [element, old] of lit) element.classList.remove(old);
    lit = elements.filter(Boolean).map((element) => [element, name]);
    for (const element of elements) if (element) element.classList.add(name);
  };
  const pieces = (id) => {
    const found = [at(id)];
    for (let number = 2; at(`${id}-${number}`); number += 1) found.push(at(`${id}-${number}`));
    return found;
  };
  const siblings = (citation) => {
    const card = at(`k-${citation.id}`);
    const work = card && card.closest("article");
    return work ? [...work.querySelectorAll('.k > a[href^="#c"]')].map((link) => at(aim(link))) : [];
  };
  const point = (event) => {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest('a[href^="#"]');
    const citation = event.target.closest("mark[id]");
    if (link) light(pieces(aim(link)), "lit");
    else if (citation) light(siblings(citation), "same");
    else if (lit.length) light([], "lit");
  };
  document.addEventListener("pointerover", point);
  document.addEventListener("focusin", point);

  const unfold = () => {
    for (let element = at(decodeURIComponent(location.hash.slice(1))); element; element = element.parentElement)
      if (element.tagName === "DETAILS") element.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  const places = [...document.querySelectorAll(".ck li > a")].map((link) => at(aim(link)));
  if (places.length) {
    let now = -1;
    const go = (step) => {
      const here = places.findIndex((place) => `#${place.id}` === location.hash);
      now = ((here < 0 ? now : here) + step + places.length) % places.length;
      location.hash = places[now].id;
    };
    const bar = document.querySelector("nav");
    for (const [step, words] of [[-1, "← previous uncertain"], [1, "next uncertain →"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", () => go(step));
      bar.append(button);
    }
  }
}
