/** Codes with the same first letter are one word: that letter, then the rest of each. 'AEDFN' is AED and AFN. */
export function unpacked(words: string, length: number): readonly string[] {
  return words.split(' ').flatMap(([first = '', ...rest]) => {
    const size = length - 1
    return Array.from(
      { length: rest.length / size },
      (_, at) => first + rest.slice(at * size, (at + 1) * size).join(''),
    )
  })
}

/** Officially assigned country codes, ISO 3166-1 alpha-2, and XK, which is in use for Kosovo. */
export const ISO_COUNTRIES: readonly string[] = /* @__PURE__ */ unpacked(
  'ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR GABDEFGHILMNPQRSTUWY ' +
    'HKMNRTU IDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA ' +
    'REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ VACEGINU WFS XK YET ZAMW',
  2,
)

/** Currency codes of ISO 4217 in use, funds codes and metals left out. */
export const ISO_CURRENCIES: readonly string[] = /* @__PURE__ */ unpacked(
  'AEDFNLLMDNGOARSUDWGZN BAMBDDTGNHDIFMDNDOBRLSDTNWPYNZD CADDFHFLPNYOPRCUPVEZK DJFKKOPZD EGPRNTBUR FJDKP ' +
    'GBPELHSIPMDNFTQYD HKDNLTGUF IDRLSNRQDRRSK JMDODPY KESGSHRMFPWRWWDYDZT LAKBPKRRDSLYD ' +
    'MADDLGAKDMKNTOPRUURVRWKXNYRZN NADGNIOOKPRZD OMR PABENGKHPKRLNYG QAR RONSDUBWF SARBDCRDGEKGDHPLEOSRDSPTNVCYPZL ' +
    'THBJSMTNDOPRYTDWDZS UAHGXSDYUZS VEDESNDUV WST XAFCDCGOFPF YER ZARMWWG',
  3,
)
