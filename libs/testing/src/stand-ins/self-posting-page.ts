/** A page whose form posts itself, with a button for browsers without script. */
export function selfPostingPage(title: string, url: string, fields: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('\n')
  return page(
    title,
    `<form method="post" action="${escape(url)}">
${inputs}
<button type="submit">Continue</button>
</form>
<script>document.forms[0].submit()</script>`,
  )
}

/** A plain page. `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escape(title)}</title></head>
<body>
<h1>${escape(title)}</h1>
${body}
</body>
</html>
`
}

function escape(text: string): string {
  return text.replace(/[&<>"'\r\n]/g, (character) => `&#${character.charCodeAt(0)};`)
}
