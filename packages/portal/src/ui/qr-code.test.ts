import decodeQR from 'qr/decode.js'
import { expect, test } from 'vitest'
import { qrCode } from './qr-code.ts'

const URI =
  'otpauth://totp/FISTWorks:a.very.long.name%40a.very.long.company.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=FISTWorks&algorithm=SHA1&digits=6&period=30'

test('what is drawn is read again, by the other half of the library', () => {
  const { values } = qrCode(URI, 'A code')
  const [size, path] = [Number(values[1]), String(values.at(-1))]
  const scale = 4
  const width = size * scale
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x = '', y = ''] of path.matchAll(/M(\d+) (\d+)/g)) {
    for (let row = 0; row < scale; row++) {
      const from = ((Number(y) * scale + row) * width + Number(x) * scale) * 4
      for (let pixel = 0; pixel < scale; pixel++) data.fill(0, from + pixel * 4, from + pixel * 4 + 3)
    }
  }
  expect(decodeQR({ width, height: width, data })).toBe(URI)
})
