{
    "name": "Sajad: Fees",
    "version": "19.0.1.2.0",
    "summary": "Tariffs of services by budget year, paid through the payment engine",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Services/Student Affairs",
    "depends": ["payment", "sajad_base"],
    "data": ["security/ir.model.access.csv"],
}
