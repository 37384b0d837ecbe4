declare const brand: unique symbol;

/** `Base` that has passed the check `Name` stands for; only that check's constructor makes one. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
