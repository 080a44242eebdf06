import { budgets, kilobytes } from './sizes.ts'

for (const { name, code, maxKilobytes } of budgets) {
  const size = await kilobytes(code)
  console.log(`${size.toFixed(2).padStart(7)} kB of ${maxKilobytes} kB  ${name}`)
  if (size > maxKilobytes) process.exitCode = 1
}
