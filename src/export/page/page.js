
"use strict";
(() => {
  const all = (selector, of = document) => [...of.querySelectorAll(selector)];
  const by = id => document.getElementById(id);

  // What needs this script is shown by it: see page.css.
  document.documentElement.classList.add("js");

  // The filter. Its state is kept in the address, as in #workbook=April.xlsx&severity=error&severity=warning.

  const form = by("filter");
  const shown = by("shown");
  const groups = all("#findings .workbook, #findings .sheet");
  const findings = groups.filter(group => group.matches(".workbook")).flatMap(workbook =>
    all(".finding", workbook).map(element => ({
      element,
      groups: [workbook, element.parentElement],
      workbook: workbook.dataset.workbook,
      check: element.dataset.check,
      severity: element.classList[1],
    })));

  const wanted = () => {
    const chosen = new FormData(form);
    return { workbook: chosen.get("workbook"), check: chosen.get("check"), severity: chosen.getAll("severity") };
  };

  const said = (number, filtered) => {
    const total = findings.length;
    if (!filtered) return `${total} ${total === 1 ? "finding" : "findings"}.`;
    if (number === 0) return "No finding is of all that you chose. Clear the filter to see them again.";
    return `${number} of ${total} ${total === 1 ? "finding" : "findings"} ${number === 1 ? "is" : "are"} shown.`;
  };

  const show = () => {
    const { workbook, check, severity } = wanted();
    const used = new Set();
    let number = 0;
    for (const finding of findings) {
      const matches = (!workbook || finding.workbook === workbook) && (!check || finding.check === check)
        && (severity.length === 0 || severity.includes(finding.severity));
      finding.element.hidden = !matches;
      if (matches) {
        number += 1;
        for (const group of finding.groups) used.add(group);
      }
    }
    for (const group of groups) group.hidden = !used.has(group);
    shown.textContent = said(number, Boolean(workbook || check || severity.length));
  };

  const keep = () => {
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) chosen.append(name, value);
    const state = chosen.toString();
    try {
      history.replaceState(null, "", state ? `#${state}` : location.pathname + location.search);
    } catch {
      location.hash = state;
    }
  };

  const clear = () => {
    form.reset();
    show();
  };

  const restore = () => {
    const address = location.hash.slice(1);
    if (address.includes("=")) {
      const kept = new URLSearchParams(address);
      form.reset();
      for (const select of all("select", form)) {
        const value = kept.get(select.name) ?? "";
        if ([...select.options].some(option => option.value === value)) select.value = value;
      }
      for (const box of all("input", form)) box.checked = kept.getAll("severity").includes(box.value);
      show();
      return;
    }
    // A link to a finding that is filtered out shows it.
    const target = address && by(address);
    if (target && target.closest("[hidden]")) {
      clear();
      target.scrollIntoView();
    }
  };

  if (form) {
    form.hidden = false;
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("change", () => { show(); keep(); });
    by("clear").addEventListener("click", () => { clear(); keep(); });
    addEventListener("hashchange", restore);
    if (location.hash.includes("=")) restore();
  }

  // Copying a reference. Where the browser does not let a page on a disk write to the clipboard, the older way may work;
  // where that does not either, the reference is there to be copied by hand.

  const olderWay = text => {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "say";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  const byHand = button => {
    const field = document.createElement("input");
    field.value = button.value;
    field.readOnly = true;
    field.setAttribute("aria-label", `Press Ctrl and C to copy ${button.value}`);
    button.replaceWith(field);
    field.select();
  };

  const copy = async button => {
    try {
      await navigator.clipboard.writeText(button.value);
    } catch {
      if (!olderWay(button.value)) return byHand(button);
      button.focus();
    }
    button.textContent = `Copied ${button.value}`;
    by("copied").textContent = button.textContent;
    setTimeout(() => { button.textContent = `Copy ${button.value}`; by("copied").textContent = ""; }, 3000);
  };

  const status = document.createElement("p");
  status.id = "copied";
  status.className = "say";
  status.setAttribute("role", "status");
  by("main").append(status);
  document.addEventListener("click", event => {
    const button = event.target.closest("button.copy");
    if (button) copy(button);
  });

  // What a check means stands on the page once; it is copied to where it is unfolded.

  document.addEventListener("toggle", event => {
    const link = event.target.matches(".about[open]") && event.target.querySelector("a[href^='#check-']");
    const text = link && by(link.getAttribute("href").slice(1))?.querySelector("dl");
    if (text) link.parentElement.replaceWith(text.cloneNode(true));
  }, true);

  // The keyboard reaches what scrolls; what does not scroll need not be reached.

  const near = new Set();
  const reach = element => { element.tabIndex = element.scrollWidth > element.clientWidth ? 0 : -1; };
  const seen = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) {
        near.add(target);
        reach(target);
      } else {
        near.delete(target);
      }
    }
  }, { rootMargin: "50%" });
  for (const element of all(".near, .scroll")) seen.observe(element);
  addEventListener("resize", () => near.forEach(reach));

  // On paper nothing is folded but what stands on the page elsewhere.

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details.more:not([open])");
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
})();
