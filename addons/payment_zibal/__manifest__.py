{
    "name": "Payment Provider: Zibal",
    "version": "19.0.1.2.0",
    "summary": "An Iranian payment provider that covers Shetab cards.",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Accounting/Payment Providers",
    "depends": ["payment"],
    "data": ["security/ir.model.access.csv"],
}
