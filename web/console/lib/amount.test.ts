import { expect, test } from "vitest";
import { amountOf, amountText } from "./amount";
import { tongue } from "./i18n.svelte";

const minor = (written: string, currency = "NOK") => amountOf(written, currency)?.minor;

test("an amount is read as the language writes it, and as the keyboard has it", () => {
  tongue.language = "nb";
  for (const [written, is] of [
    ["125", 12_500],
    ["125,50", 12_550],
    ["125,5", 12_550],
    ["125.50", 12_550],
    ["1 250,50", 125_050],
    ["1\u00a0250", 125_000],
    ["1.250", 125_000],
    ["1.250,50", 125_050],
    ["1.250.000", 125_000_000],
    ["12,", 1_200],
  ] as const)
    expect([written, minor(written)]).toEqual([written, is]);
  tongue.language = "en";
  for (const [written, is] of [
    ["1,250.50", 125_050],
    ["1,250", 125_000],
    ["12,50", 1_250],
    ["1’250.5", 125_050],
  ] as const)
    expect([written, minor(written)]).toEqual([written, is]);
});

test("what is no amount, or too exact for its currency, is none", () => {
  tongue.language = "en";
  for (const written of ["", "-5", "5-", "1e3", "12.345", "1,25,000", "12,5,0", "1.250,500", ".", ",50", "NOK 5", "٣"]) expect([written, minor(written)]).toEqual([written, undefined]);
  expect([minor("1200", "JPY"), minor("12.5", "JPY"), minor("1.250", "KWD")]).toEqual([1_200, undefined, 1_250]);
});

test("what is written into a field is read as the same amount, in every language", () => {
  for (const language of ["en", "nb", "tr", "zh"] as const) {
    tongue.language = language;
    for (const money of [
      { minor: 1_234_550, currency: "NOK" },
      { minor: 5, currency: "EUR" },
      { minor: 1_200, currency: "JPY" },
      { minor: 1_250, currency: "KWD" },
    ])
      expect([language, amountOf(amountText(money), money.currency)]).toEqual([language, money]);
  }
});
