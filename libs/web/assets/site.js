// All that our pages do by script. Every page works without it.

/** A hand-off posts itself, once per visit: coming back with the back button must not send the person on again. */
function submitOnce(form) {
  if (history.state?.submitted) return
  history.replaceState({ submitted: true }, '')
  // A field of the message may be called "submit" and hide the method of the form.
  HTMLFormElement.prototype.submit.call(form)
}

/** As long as a double press, and an answer that takes its time, may take. */
const guardedMs = 15_000

/** The second press of a button sends nothing. The browser has read the pressed button before it is greyed out. */
function guardAgainstSecondPress(form) {
  let freeing
  form.addEventListener('submit', () => {
    setTimeout(() => setDisabled(form, true))
    // Not every browser tells that the person stopped the next page on its way (Escape), or that it never came.
    clearTimeout(freeing)
    freeing = setTimeout(() => setDisabled(form, false), guardedMs)
  })
  // Back from the next page, kept in memory: the form may be sent again.
  addEventListener('pageshow', (event) => {
    if (event.persisted) setDisabled(form, false)
  })
}

function setDisabled(form, disabled) {
  for (const button of form.querySelectorAll('button')) button.disabled = disabled
}

/** Letters that Unicode does not take apart into a base letter and a mark, as `libs/registry/src/fold-name.ts` has them. */
const plainLetters = { æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', ı: 'i', ħ: 'h' }

/** Case and accents do not matter: "malmo" finds "Malmö", "lodz" finds "Łódź". */
const folded = (text) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[æœøłđðþßıħ]/g, (letter) => plainLetters[letter])

function filterWhileTyping(box) {
  const input = box.querySelector('input')
  const count = box.querySelector('[data-count]')
  const list = document.getElementById(box.dataset.filter)
  const marked = list.querySelectorAll('[data-filtered]')
  const entries = marked.length > 0 ? [...marked] : [...list.children]
  const texts = entries.map((entry) => folded(entry.textContent))
  box.hidden = false
  input.addEventListener('input', () => {
    const words = folded(input.value).split(/\s+/)
    let shown = 0
    entries.forEach((entry, index) => {
      entry.hidden = !words.every((word) => texts[index].includes(word))
      if (!entry.hidden) shown++
    })
    for (const section of list.querySelectorAll('section'))
      section.hidden = !section.querySelector('[data-filtered]:not([hidden])')
    count.textContent = count.dataset.count.replace('{shown}', shown)
  })
  // Enter narrows the list and chooses nothing.
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault()
  })
}

/** A screen reader starts where the news is: at the summary of errors, else at the title. */
function focusTheNews() {
  const [navigation] = performance.getEntriesByType('navigation')
  const summary = document.querySelector('[data-focus]')
  if (summary) summary.focus()
  else if (navigation?.type === 'navigate' && !location.hash)
    document.querySelector('h1').focus({ preventScroll: true })
}

/** A page that waits for something looks again, unless the person has gone to something on it by keyboard, or pressed it. */
function renewItself(content) {
  const timer = setInterval(() => {
    if (content.matches(':focus-within') && document.activeElement !== document.querySelector('h1')) return
    stop()
    location.reload()
  }, content.dataset.renewSeconds * 1000)
  // On a slow line the next renewal would take back what is under way: this one, or the press.
  const stop = () => clearInterval(timer)
  content.addEventListener('submit', stop)
}

document.querySelectorAll('form[data-submit-once]').forEach(guardAgainstSecondPress)
document.querySelectorAll('[data-filter]').forEach(filterWhileTyping)
document.querySelectorAll('[data-renew-seconds]').forEach(renewItself)
focusTheNews()
document.querySelectorAll('form[data-auto-submit]').forEach(submitOnce)
