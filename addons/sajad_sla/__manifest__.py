{
    "name": "Sajad: Service Levels",
    "version": "19.0.1.2.0",
    "summary": "Agreements of services, clocks of requests against them, disputes",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Services/Student Affairs",
    "depends": ["sajad_base"],
    "data": ["security/ir.model.access.csv"],
}
