import { existsSync } from 'node:fs'

/** The small one first, which CI installs. */
const files = [
  '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
  '/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf',
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
]

/** A font of Debian with Chinese, Japanese and Korean; undefined where none is installed. */
export const findCjkFont = (): string | undefined => files.find((file) => existsSync(file))
